import { decodeJwt, errors, type JWTPayload, jwtVerify } from 'jose';
import type { Credential } from '../../intake/credential';
import type { Clock } from '../../kernel/clock';
import type { JsonObject } from '../../kernel/json';
import { Refusal } from '../../kernel/refusals';
import { credentialOfClaims } from './claimsOf';
import { ProviderKeys, ProviderUnreachable } from './providerKeys';
import type { SignInSettings } from './signInSettings';

/** Signatures by a private key only: with a shared secret whoever can verify could sign, and a public key would pass for the secret. */
const ALGORITHMS = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519'];
const COOLDOWN_MS = 30_000;

export interface TokenVerifierOptions {
  readonly settings: SignInSettings;
  readonly clock: Clock;
  /** Told why the provider could not be asked. */
  readonly onFault: (error: unknown) => void;
  /** How often a key that is not known is looked for, and a provider that failed is asked again. (Default: 30 s) */
  readonly cooldownMs?: number;
}

/** Verifies the tokens that people sign in with. */
export class TokenVerifier {
  private readonly keys: ProviderKeys;

  constructor(private readonly options: TokenVerifierOptions) {
    const { settings, clock, cooldownMs = COOLDOWN_MS } = options;
    this.keys = new ProviderKeys({ ...settings, clock, cooldownMs });
  }

  /** Refuses with UNAUTHENTICATED, or with SIGN_IN_UNAVAILABLE where the provider's keys can't be fetched. */
  async verify(token: string): Promise<Credential> {
    const { settings, clock, onFault } = this.options;
    const { issuer, audience, clockToleranceSeconds: clockTolerance } = settings;
    try {
      this.refuseExpired(decodeJwt(token));
      const currentDate = new Date(clock());
      const checked = { issuer, audience, algorithms: ALGORITHMS, clockTolerance, currentDate, requiredClaims: ['sub', 'exp'] };
      const { payload } = await jwtVerify(token, this.keys.keyOf, checked);
      return credentialOfClaims(payload as JsonObject, settings);
    } catch (error) {
      if (error instanceof Refusal) throw error;
      if (isProviders(error)) {
        onFault(error);
        throw new Refusal('SIGN_IN_UNAVAILABLE');
      }
      if (error instanceof errors.JOSEError) throw new Refusal('UNAUTHENTICATED', reasonOf(error));
      throw error;
    }
  }

  /** Without asking for any key, so that a token ends also while the provider can't be reached. */
  private refuseExpired({ exp }: JWTPayload): void {
    const { settings, clock } = this.options;
    if (typeof exp === 'number' && (exp + settings.clockToleranceSeconds) * 1_000 <= clock()) throw new Refusal('UNAUTHENTICATED', EXPIRED);
  }
}

const EXPIRED = 'The token has expired.';

function isProviders(error: unknown): boolean {
  const { JWKSInvalid, JWKSTimeout, JOSEError } = errors;
  if (error instanceof ProviderUnreachable || error instanceof JWKSInvalid || error instanceof JWKSTimeout) return true;
  // jose has no class of its own for an answer that is no JSON.
  return error instanceof JOSEError && error.code === JOSEError.code;
}

/** Nothing of it comes from the token but the name of a claim that we ask for. */
function reasonOf(error: Error): string {
  if (error instanceof errors.JWTExpired) return EXPIRED;
  if (error instanceof errors.JWTClaimValidationFailed) return `The token's claim ${error.claim} is missing, or not as it must be here.`;
  if (error instanceof errors.JOSEAlgNotAllowed) return 'The token is not signed by an algorithm with a private key.';
  if (error instanceof errors.JWKSNoMatchingKey) return 'The token is signed by a key that the sign-in provider does not publish.';
  return 'The token can not be verified.';
}
