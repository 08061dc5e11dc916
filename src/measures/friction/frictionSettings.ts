import type { Channel } from '../../kernel/vocabulary';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** How long a customer may wait on a channel. */
export interface WaitTarget {
  readonly minutes: number;
  /** BUSINESS: only minutes in which the channel is served count. */
  readonly clock: 'CALENDAR' | 'BUSINESS';
}

/** When something becomes a sign of friction. All spans in ms, all sentiments −1 … 1. */
export interface FrictionSettings {
  /** A channel without a target has no long waits. */
  readonly waitTargets: Readonly<Partial<Record<Channel, WaitTarget>>>;
  /** A wait of that many times its target is HIGH. */
  readonly longWaitHighFactor: number;
  readonly repeatedContactWithinMs: number;
  readonly repeatedInformationWithinMs: number;
  /** Jaccard similarity of three-word shingles from which on two texts say the same. */
  readonly sameTextFrom: number;
  /** Shorter texts are not compared. */
  readonly sameTextMinimumWords: number;
  readonly unresolvedAfterMs: number;
  readonly botRepliesInARow: number;
  readonly handOffWithinMs: number;
  readonly channelSwitchWithinMs: number;
  readonly negativeFrom: number;
  readonly veryNegativeFrom: number;
  /** How far sentiment falls inside a conversation, to below 0. */
  readonly negativeFall: number;
  readonly rudeFrom: number;
  readonly failedPayments: number;
  readonly failedPaymentsWithinMs: number;
  readonly errors: number;
  readonly errorsWithinMs: number;
  readonly cartAbandonedAfterMs: number;
  readonly feedbackReplyBusinessMinutes: number;
  /** CSAT answers in this lower part of their own scale are low: 1 and 2 of 5. */
  readonly lowCsatShare: number;
  /** A complaint as feedback counts as open for so long where nobody replies. */
  readonly complaintOpenForMs: number;
}

const AT_ONCE: WaitTarget = { minutes: 2, clock: 'CALENDAR' };
const SOON: WaitTarget = { minutes: 30, clock: 'CALENDAR' };
const BUSINESS_DAY_MINUTES = 8 * 60;
const WITHIN_A_DAY: WaitTarget = { minutes: BUSINESS_DAY_MINUTES, clock: 'BUSINESS' };

/** The targets of measures of customer experience; a channel that has none there has that of the one it is most like. A business day is eight hours. */
export const FRICTION_DEFAULTS: FrictionSettings = {
  waitTargets: {
    CHAT: AT_ONCE,
    PHONE: { minutes: 3, clock: 'CALENDAR' },
    MESSENGER: SOON,
    SMS: SOON,
    SOCIAL: SOON,
    EMAIL: WITHIN_A_DAY,
    WEB: WITHIN_A_DAY,
    MOBILE_APP: WITHIN_A_DAY,
    COMMUNITY: WITHIN_A_DAY,
    API: WITHIN_A_DAY,
    OTHER: WITHIN_A_DAY,
  },
  longWaitHighFactor: 4,
  repeatedContactWithinMs: 7 * DAY_MS,
  repeatedInformationWithinMs: 30 * DAY_MS,
  sameTextFrom: 0.8,
  sameTextMinimumWords: 8,
  unresolvedAfterMs: 5 * DAY_MS,
  botRepliesInARow: 3,
  handOffWithinMs: 2 * MINUTE_MS,
  channelSwitchWithinMs: DAY_MS,
  negativeFrom: -0.5,
  veryNegativeFrom: -0.8,
  negativeFall: 0.6,
  rudeFrom: -0.5,
  failedPayments: 2,
  failedPaymentsWithinMs: 7 * DAY_MS,
  errors: 3,
  errorsWithinMs: 10 * MINUTE_MS,
  cartAbandonedAfterMs: HOUR_MS,
  feedbackReplyBusinessMinutes: 3 * BUSINESS_DAY_MINUTES,
  lowCsatShare: 0.25,
  complaintOpenForMs: 30 * DAY_MS,
};
