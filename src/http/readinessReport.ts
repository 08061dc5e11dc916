/** What came of one look at something that a process needs. */
export interface CheckResult {
  readonly name: string;
  /** `warn`: something is not as it should be, and the process does its work nevertheless. */
  readonly status: 'ok' | 'warn' | 'fail';
  /** Left out where all is well. Says nothing of addresses, names or values. */
  readonly reason?: string;
}

export interface ReadinessReport {
  /** Whether no check failed. */
  readonly isReady: boolean;
  readonly checks: readonly CheckResult[];
}
