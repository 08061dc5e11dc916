import type { Change } from './change';

/** FAILED: not taken within a day. WITHHELD: not sent, because by then the customer was suppressed, consented no more, or was erased. */
export const DELIVERY_STATUSES = ['PENDING', 'DELIVERED', 'FAILED', 'WITHHELD'] as const;
export type DeliveryStatus = (typeof DELIVERY_STATUSES)[number];

/** A change on its way to one destination, taken by somebody who sends it now. */
export interface ClaimedDelivery extends Change {
  readonly position: string;
  /** Which attempt this is, of all that were ever begun: an outcome counts only for the last. */
  readonly attempt: number;
  /** Attempts since it was written or replayed, with this one. */
  readonly tries: number;
  readonly giveUpAtMs: number;
}

/** Why a delivery is not sent. */
export type Withheld = 'SUPPRESSED' | 'NO_CONSENT' | 'ERASED';

/** What came of a request. */
export interface Answer {
  /** Null where there was no answer. */
  readonly status: number | null;
  /** A code of ours, or of the system such as ECONNREFUSED; null where it was taken. */
  readonly error: string | null;
  readonly retryAfterMs: number | null;
}
