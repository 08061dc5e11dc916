import { Refusal } from '../../kernel/refusals';
import { repeatedly } from '../repeatedly';

/** Why the server ends a stream, as codes that WebSockets close with. */
export const CLOSE = {
  goingAway: 1001,
  /** Too slow, or too many: the client may come again. */
  tryAgainLater: 1013,
  badRequest: 4400,
  unauthorized: 4401,
  forbidden: 4403,
  internal: 4500,
} as const;
export type CloseCode = (typeof CLOSE)[keyof typeof CLOSE];

/** A connection that is open for as long as its key may have it. */
export interface Session {
  readonly key: string;
  /** How many subscriptions it carries, one that is about to begin among them. */
  subscriptions(): number;
  /** Ends the connection now, whatever is under way on it. */
  cut(code: CloseCode, reason: string): void;
}

export interface SessionsOptions {
  /** Whether the key may still be here. Answers from memory where it can. */
  readonly isAllowed: (key: string) => Promise<boolean>;
  /** Told of a key that could not be looked up; it is looked up again. */
  readonly onError: (error: unknown) => void;
  /** Told of every stream that is opened (1) or ends (-1). */
  readonly onStream?: (change: 1 | -1) => void;
}

const LOOK_MS = 1_000;
export const CONNECTIONS_PER_KEY = 200;
export const SUBSCRIPTIONS_PER_KEY = 1_000;
const TOO_MANY = `A key may have ${CONNECTIONS_PER_KEY} streams open at most.`;

/** All streams of this process. Every second the keys are looked up again, so that none outlives its key by more than credentials are remembered. */
export class Sessions {
  private readonly byKey = new Map<string, Set<Session>>();
  private readonly watch: { stop(): Promise<void> };

  constructor(private readonly options: SessionsOptions) {
    this.watch = repeatedly(LOOK_MS, () => this.lookAtKeys());
  }

  /** Refuses with OVERLOADED. */
  add(session: Session): void {
    const sessions = this.byKey.get(session.key) ?? new Set();
    if (sessions.size >= CONNECTIONS_PER_KEY) throw new Refusal('OVERLOADED', TOO_MANY);
    sessions.add(session);
    this.byKey.set(session.key, sessions);
    this.options.onStream?.(1);
  }

  /** Refuses with OVERLOADED where the key follows more than it may, over all its connections. */
  refuseTooManySubscriptions(key: string): void {
    let subscriptions = 0;
    for (const session of this.byKey.get(key) ?? []) subscriptions += session.subscriptions();
    if (subscriptions > SUBSCRIPTIONS_PER_KEY) {
      throw new Refusal('OVERLOADED', `A key may have ${SUBSCRIPTIONS_PER_KEY} subscriptions at most.`);
    }
  }

  remove(session: Session): void {
    const sessions = this.byKey.get(session.key);
    if (sessions?.delete(session)) this.options.onStream?.(-1);
    if (sessions?.size === 0) this.byKey.delete(session.key);
  }

  async close(): Promise<void> {
    for (const session of this.all()) session.cut(CLOSE.goingAway, 'The server is stopping.');
    await this.watch.stop();
  }

  private all(): Session[] {
    return [...this.byKey.values()].flatMap((sessions) => [...sessions]);
  }

  private async lookAtKeys(): Promise<void> {
    await Promise.all(
      [...this.byKey].map(async ([key, sessions]) => {
        const isAllowed = await this.options.isAllowed(key).catch((error: unknown) => {
          this.options.onError(error);
          return true;
        });
        if (!isAllowed) for (const session of [...sessions]) session.cut(CLOSE.forbidden, 'The key was revoked, or has expired.');
      }),
    );
  }
}
