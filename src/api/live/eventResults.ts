import {
  createSourceEventStream,
  type ExecutionArgs,
  type ExecutionResult,
  execute,
  type FormattedExecutionResult,
  type GraphQLError,
  getOperationAST,
} from 'graphql';
import { noteRead, type ReadFields, readFieldsOf } from '../auditReads';
import type { RequestContext } from '../requestContext';
import type { ReadableEvent, ReadableStream } from './liveEvent';

export interface EventResultsOptions {
  /** A context for one event: who asks is looked up anew, and nothing that was read for another event is in it. Refuses where they may no longer ask. */
  readonly newContext: () => Promise<RequestContext>;
  /** As a client gets it. */
  readonly formatError: (error: unknown) => GraphQLError;
}

type Subscription = Omit<ExecutionArgs, 'contextValue' | 'rootValue'>;

/** A whole answer as it is sent: with the id of its event, and nothing in it that is not plain JSON. */
export interface EventResult extends Pick<FormattedExecutionResult, 'data'> {
  readonly errors?: readonly GraphQLError[];
  readonly extensions?: { readonly eventId: string };
}

/** Starts a subscription. Its answers, or where it is refused the one answer that says why. */
export async function startSubscription(subscription: Subscription, options: EventResultsOptions): Promise<EventResults | EventResult> {
  try {
    const contextValue = await options.newContext();
    const source = await createSourceEventStream({ ...subscription, contextValue }).finally(() => contextValue.operation.keep());
    if (Symbol.asyncIterator in source) return new EventResults(source as ReadableStream, subscription, options);
    return { data: null, errors: (source.errors ?? []).map(options.formatError) };
  } catch (error) {
    return refusal(error, options);
  }
}

/** One answer an event. It never throws: what goes wrong with the stream itself is its last answer. */
export class EventResults implements AsyncGenerator<EventResult, undefined, undefined> {
  private hasFailed = false;
  private readonly read: ReadFields;

  constructor(
    private readonly source: ReadableStream,
    private readonly subscription: Subscription,
    private readonly options: EventResultsOptions,
  ) {
    const { schema, document, operationName } = subscription;
    const operation = getOperationAST(document, operationName);
    this.read = operation ? readFieldsOf(schema, document, operation) : { fields: [], profileFields: [] };
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async next(): Promise<IteratorResult<EventResult, undefined>> {
    if (this.hasFailed) return { done: true, value: undefined };
    try {
      for (;;) {
        const { done, value: event } = await this.source.next();
        if (done || !event) return { done: true, value: undefined };
        const result = await this.answer(event);
        if (result) return { done: false, value: result };
      }
    } catch (error) {
      this.hasFailed = true;
      await this.source.return();
      return { done: false, value: refusal(error, this.options) };
    }
  }

  async return(): Promise<IteratorResult<EventResult, undefined>> {
    await this.source.return();
    return { done: true, value: undefined };
  }

  throw(): Promise<IteratorResult<EventResult, undefined>> {
    return this.return();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.return().then(() => undefined);
  }

  private async answer(event: ReadableEvent): Promise<EventResult | null> {
    const contextValue = await this.options.newContext();
    try {
      return await this.execute(event, contextValue);
    } finally {
      contextValue.operation.keep();
    }
  }

  private async execute(event: ReadableEvent, contextValue: RequestContext): Promise<EventResult | null> {
    const rootValue = await event.read(contextValue);
    if (rootValue === null) return null;
    const { data = null, errors }: ExecutionResult = await execute({ ...this.subscription, contextValue, rootValue });
    noteRead(contextValue, 'follow', this.read);
    return { data, ...(errors && { errors: errors.map(this.options.formatError) }), extensions: { eventId: event.eventId } };
  }
}

function refusal(error: unknown, { formatError }: EventResultsOptions): EventResult {
  return { data: null, errors: [formatError(error)] };
}
