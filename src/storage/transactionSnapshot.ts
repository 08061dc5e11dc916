/** Which transactions somebody sees the work of, as `pg_current_snapshot()` says. */
export interface TransactionSnapshot {
  /** Those before are over. */
  readonly xmin: number;
  /** These and later ones had not begun. */
  readonly xmax: number;
  /** Those in between that were under way. */
  readonly running: ReadonlySet<number>;
}

/** Of `xmin:xmax:xid,xid,…`. Transaction ids of eight bytes stay below 2^53. */
export function parseSnapshot(text: string): TransactionSnapshot {
  const [xmin = '', xmax = '', running = ''] = text.split(':');
  return { xmin: Number(xmin), xmax: Number(xmax), running: new Set(running === '' ? [] : running.split(',').map(Number)) };
}

/** Whether what a transaction wrote that is over now was seen by the snapshot. */
export function isSeenBy({ xmin, xmax, running }: TransactionSnapshot, transactionId: number): boolean {
  return transactionId < xmin || (transactionId < xmax && !running.has(transactionId));
}
