import { createRemoteJWKSet, customFetch, type JWTVerifyGetKey } from 'jose';
import type { Clock } from '../../kernel/clock';
import { isSafeAddress } from './signInSettings';

export interface ProviderKeysOptions {
  readonly issuer: string;
  /** Null: as the issuer's own description says. */
  readonly jwksUrl: string | null;
  readonly clock: Clock;
  /** A key that is not known is looked for at most so often, whatever tokens name. */
  readonly cooldownMs: number;
}

const TIMEOUT_MS = 5_000;
/** Keys are used for so long without asking again, so that one that the provider took back stops working. */
const KEPT_MS = 10 * 60_000;
const DESCRIPTION_PATH = '/.well-known/openid-configuration';

/** That the provider could not be asked, which is nobody's fault who shows a token. */
export class ProviderUnreachable extends Error {}

/** The public keys of the sign-in provider, fetched when the first token comes. After a failure the provider is left alone for a while. */
export class ProviderKeys {
  private keys: Promise<JWTVerifyGetKey> | null = null;
  private failedAtMs = Number.NEGATIVE_INFINITY;

  constructor(private readonly options: ProviderKeysOptions) {}

  /** As jose asks for the key of a token. Throws ProviderUnreachable. */
  readonly keyOf: JWTVerifyGetKey = async (header, token) => (await this.keySet())(header, token);

  private keySet(): Promise<JWTVerifyGetKey> {
    this.keys ??= this.locate().catch((error: unknown) => {
      this.keys = null;
      this.failedAtMs = this.options.clock();
      throw error;
    });
    return this.keys;
  }

  private async locate(): Promise<JWTVerifyGetKey> {
    const url = new URL(this.options.jwksUrl ?? (await this.discover()));
    return createRemoteJWKSet(url, {
      timeoutDuration: TIMEOUT_MS,
      cooldownDuration: this.options.cooldownMs,
      cacheMaxAge: KEPT_MS,
      [customFetch]: (address, request) => this.fetch(address, request),
    });
  }

  private async discover(): Promise<string> {
    const { issuer } = this.options;
    const address = `${issuer.replace(/\/$/, '')}${DESCRIPTION_PATH}`;
    const answer = await this.fetch(address, { redirect: 'manual', signal: AbortSignal.timeout(TIMEOUT_MS) });
    const description = (await answer.json().catch(() => null)) as { readonly issuer?: unknown; readonly jwks_uri?: unknown } | null;
    if (description?.issuer !== issuer || typeof description.jwks_uri !== 'string' || !isSafeAddress(description.jwks_uri)) {
      throw new ProviderUnreachable(`${address} does not describe ${issuer}.`);
    }
    return description.jwks_uri;
  }

  private async fetch(address: string, request: RequestInit): Promise<Response> {
    const nowMs = this.options.clock();
    if (nowMs - this.failedAtMs < this.options.cooldownMs) throw new ProviderUnreachable(`${address} did not answer a moment ago.`);
    try {
      const answer = await fetch(address, request);
      if (answer.status !== 200) throw new Error(`It answered ${answer.status}.`);
      return answer;
    } catch (error) {
      this.failedAtMs = nowMs;
      throw new ProviderUnreachable(`${address} could not be asked.`, { cause: error });
    }
  }
}
