/** Whether something was signed longer ago than that, or as far in the future; also where the time can't be read. */
export function isStale(signedAtMs: number, receivedAtMs: number, toleranceMinutes: number): boolean {
  return !(Math.abs(receivedAtMs - signedAtMs) <= toleranceMinutes * 60_000);
}
