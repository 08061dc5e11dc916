import { Refusal } from '../kernel/refusals';

/** When a key is to expire; null: never. Refuses with INVALID_INPUT what is not in the future. */
export function futureTime(expiresAtMs: number | null, nowMs: number): number | null {
  if (expiresAtMs !== null && expiresAtMs <= nowMs) throw new Refusal('INVALID_INPUT', 'expiresAt must be in the future.');
  return expiresAtMs;
}
