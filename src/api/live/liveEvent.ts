import type { LiveStream } from '../ports/liveEvents';
import type { RequestContext } from '../requestContext';

/** What one subscription field is told, still to be read with the rights and the settings of that moment. */
export interface ReadableEvent {
  readonly eventId: string;
  /** Null where there is nothing to be told any more. */
  read(context: RequestContext): Promise<object | null>;
}

/** As it is handed from a `subscribe` function to whoever runs the subscription. */
export interface ReadableStream extends AsyncIterableIterator<ReadableEvent> {
  next(): Promise<IteratorResult<ReadableEvent, undefined>>;
  return(): Promise<IteratorResult<ReadableEvent, undefined>>;
}

export function readable<Value>(
  stream: LiveStream<Value>,
  read: (value: Value, context: RequestContext) => Promise<object | null>,
): ReadableStream {
  const readableOf = (result: Awaited<ReturnType<LiveStream<Value>['next']>>): IteratorResult<ReadableEvent, undefined> => {
    if (result.done) return { done: true, value: undefined };
    const { eventId, value } = result.value;
    return { done: false, value: { eventId, read: (context) => read(value, context) } };
  };
  return {
    next: async () => readableOf(await stream.next()),
    return: async () => readableOf(await stream.return()),
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
