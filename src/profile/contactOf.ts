import { normaliseIdentifier } from '../identity/normaliseIdentifier';
import type { JsonObject } from '../kernel/json';

export interface SeenIdentifier {
  readonly type: string;
  readonly value: string;
  readonly lastSeenAtMs: number;
}

/**
 * Where a customer can be reached: what was last said of them, normalised, else the identifier of that type seen last. Null where
 * nothing is known.
 */
export function contactOf(
  type: 'email' | 'phone',
  traits: JsonObject,
  identifiers: readonly SeenIdentifier[],
  defaultCountry: string,
): string | null {
  const said = Object.hasOwn(traits, type) ? traits[type] : null;
  // An identifier is normalised; telephone numbers take long.
  if (identifiers.some((identifier) => identifier.type === type && identifier.value === said)) return said as string;
  const normalised = typeof said === 'string' || typeof said === 'number' ? normaliseIdentifier(type, String(said), defaultCountry) : null;
  if (normalised !== null) return normalised;
  let latest: SeenIdentifier | null = null;
  for (const identifier of identifiers) {
    if (identifier.type === type && (latest === null || identifier.lastSeenAtMs > latest.lastSeenAtMs)) latest = identifier;
  }
  return latest?.value ?? null;
}
