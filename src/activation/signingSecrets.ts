/** What a destination's deliveries are signed with: never shown but once, when each is made. */
export interface SigningSecrets {
  readonly current: string;
  /** What was current before; signs as well until then. */
  readonly previous: string | null;
  readonly previousUntilMs: number | null;
}

/** How long a receiver has to take over a new secret. */
export const ROTATION_MS = 24 * 3_600_000;
const SECRET_BYTES = 32;

/** `whsec_` and base64, as Standard Webhooks write a symmetric secret. `randomBytes`: of so many bytes that nobody can guess. */
export function newSigningSecret(randomBytes: (count: number) => Buffer): string {
  return `whsec_${randomBytes(SECRET_BYTES).toString('base64')}`;
}

/** Of several rotations within a day only the last secret before signs on. */
export function rotated(secrets: SigningSecrets, fresh: string, nowMs: number): SigningSecrets {
  return { current: fresh, previous: secrets.current, previousUntilMs: nowMs + ROTATION_MS };
}

/** The current one first. */
export function validSecrets({ current, previous, previousUntilMs }: SigningSecrets, nowMs: number): readonly string[] {
  return previous !== null && previousUntilMs !== null && nowMs < previousUntilMs ? [current, previous] : [current];
}
