/** Identifiers that say which device it is, and not whose. */
export const DEVICE_TYPES: readonly string[] = ['anonymous_id', 'device_id'];

/** When an identifier came that says who the customer is; null where none has. */
export function knownSinceMs(identifiers: readonly { readonly type: string; readonly firstSeenAtMs: number }[]): number | null {
  const named = identifiers.filter(({ type }) => !DEVICE_TYPES.includes(type));
  return named.length === 0 ? null : Math.min(...named.map(({ firstSeenAtMs }) => firstSeenAtMs));
}
