import { createClient as createSseClient } from 'graphql-sse';
import { createClient as createSocketClient } from 'graphql-ws';
import WebSocket from 'ws';

export interface Heard {
  // biome-ignore lint/suspicious/noExplicitAny: an event is whatever the subscription asked for
  readonly data: any;
  readonly errors?: readonly { readonly message: string; readonly extensions: { readonly code: string } }[];
  readonly extensions?: { readonly eventId: string };
}

/** What one subscription hears, by a client as anybody may write one. */
export class Listener {
  readonly heard: Heard[] = [];
  /** How it ended: undefined while it goes on, null by the server's completing, else the client's error. */
  ended: unknown;
  /** Codes that sockets were closed with. */
  readonly closes: number[] = [];
  stop: () => void = () => undefined;

  private constructor() {}

  static onSocket(url: string, key: string | null, query: string, variables: Record<string, unknown> = {}): Listener {
    const listener = new Listener();
    const client = createSocketClient({
      url: url.replace(/^http/, 'ws'),
      webSocketImpl: WebSocket,
      retryAttempts: 0,
      ...(key !== null && { connectionParams: { Authorization: `Bearer ${key}` } }),
      on: { closed: (event) => void listener.closes.push((event as { code: number }).code) },
    });
    client.subscribe({ query, variables }, listener.sink());
    listener.stop = () => void client.dispose();
    return listener;
  }

  /** Resolves when the subscription stands. */
  static onEvents(url: string, key: string, query: string, variables: Record<string, unknown> = {}): Promise<Listener> {
    const listener = new Listener();
    return new Promise((resolve) => {
      const client = createSseClient({
        url: `${url}/stream`,
        retryAttempts: 0,
        headers: { authorization: `Bearer ${key}` },
        on: { connected: () => resolve(listener) },
      });
      client.subscribe(
        { query, variables },
        listener.sink(() => resolve(listener)),
      );
      listener.stop = () => client.dispose();
    });
  }

  get eventIds(): string[] {
    return this.heard.flatMap(({ extensions }) => extensions?.eventId ?? []);
  }

  get codes(): string[] {
    return this.heard.flatMap(({ errors = [] }) => errors.map(({ extensions }) => extensions.code));
  }

  /** Until this many events have been heard. */
  async hears(count: number): Promise<readonly Heard[]> {
    await until(() => this.heard.length >= count);
    return this.heard;
  }

  async ends(): Promise<unknown> {
    await until(() => this.ended !== undefined);
    return this.ended;
  }

  private sink(onEnd: () => void = () => undefined) {
    const end = (how: unknown) => {
      this.ended ??= how;
      onEnd();
    };
    return {
      next: (event: unknown) => void this.heard.push(event as Heard),
      error: (error: unknown) => end(error),
      complete: () => end(null),
    };
  }
}

export async function until(holds: () => boolean | Promise<boolean>, withinMs = 40_000): Promise<void> {
  const untilMs = Date.now() + withinMs;
  while (!(await holds())) {
    if (Date.now() > untilMs) throw new Error('What was waited for did not come.');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
