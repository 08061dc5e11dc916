import { createHash } from 'node:crypto';
import type { Clock } from '../kernel/clock';
import { Refusal } from '../kernel/refusals';
import type { RateLimiter } from './rates/rateLimiter';

/** Whom a key belongs to: a source that may send messages (a write key), or a program with scopes (an API key). */
export interface Credential {
  readonly workspaceId: number;
  readonly credentialId: string;
  /** Null for an API key. */
  readonly sourceId: number | null;
  readonly scopes: readonly string[];
  /** As people call it. */
  readonly name: string;
  /** Null: it works until it is revoked. */
  readonly expiresAtMs: number | null;
}

/** Whose a key is. Null: nobody's, or no longer. `from`: the address that it came from; null: from nobody who could have guessed it. */
export interface KeyLookup {
  lookUp(key: string, from?: (() => string) | null): Credential | null | Promise<Credential | null>;
}

/** By the SHA-256 of the key; null where it is unknown or revoked. */
export type FindCredential = (keyHash: Buffer) => Promise<Credential | null>;

const TTL_MS = 5_000;
const MAX_KEYS = 10_000;
const MAX_KEY_CHARACTERS = 200;

interface Known {
  readonly credential: Credential | null;
  readonly staleAtMs: number;
}

/**
 * Remembers for five seconds whom a key belongs to, or that it is nobody's; so long a revoked key may still be taken, but not one that has
 * expired. Asks once for requests that come together. Keys are compared by their hash only. Who tries too many keys that are nobody's is
 * refused any that is not known already.
 */
export class Credentials implements KeyLookup {
  private readonly known = new Map<string, Known>();
  private readonly asked = new Map<string, Promise<Credential | null>>();

  constructor(
    private readonly find: FindCredential,
    private readonly clock: Clock,
    /** By address: how many keys that are nobody's may be tried; null: any number. */
    private readonly attempts: RateLimiter | null = null,
  ) {}

  /**
   * Answers at once where it is remembered. Rejects with the refusal UNAVAILABLE where it can't be asked, and with RATE_LIMITED where too many unknown keys came
   * `from` an address; null: from nobody who could have guessed it.
   */
  lookUp(key: string, from: (() => string) | null = null): Credential | null | Promise<Credential | null> {
    if (key === '' || key.length > MAX_KEY_CHARACTERS) return null;
    const known = this.known.get(key);
    if (known !== undefined && known.staleAtMs > this.clock()) return this.unexpired(known.credential);
    const isTrusted = known?.credential != null || from === null || this.attempts === null;
    return isTrusted ? this.askOnce(key) : this.attempt(key, from(), this.attempts);
  }

  private async attempt(key: string, from: string, attempts: RateLimiter): Promise<Credential | null> {
    attempts.refuseWhenSpent(from);
    const credential = await this.askOnce(key);
    if (credential === null) attempts.charge(from, 1);
    return credential;
  }

  private askOnce(key: string): Promise<Credential | null> {
    return this.asked.get(key) ?? this.ask(key);
  }

  private ask(key: string): Promise<Credential | null> {
    const answer = this.find(createHash('sha256').update(key).digest())
      .then(
        (credential) => this.remember(key, credential),
        () => Promise.reject(new Refusal('UNAVAILABLE')),
      )
      .finally(() => this.asked.delete(key));
    this.asked.set(key, answer);
    return answer;
  }

  private remember(key: string, credential: Credential | null): Credential | null {
    this.known.delete(key);
    if (this.known.size >= MAX_KEYS) this.known.delete(this.known.keys().next().value as string);
    this.known.set(key, { credential, staleAtMs: this.clock() + TTL_MS });
    return this.unexpired(credential);
  }

  private unexpired(credential: Credential | null): Credential | null {
    const expiresAtMs = credential?.expiresAtMs ?? null;
    return expiresAtMs !== null && expiresAtMs <= this.clock() ? null : credential;
  }
}
