import type { Money } from '../../kernel/money';
import type { Channel, Department } from '../../kernel/vocabulary';
import type { FrictionKind } from '../../measures/friction/signal';
import type { Period, RevenueChurn } from '../../measures/value/churn';

export type ReportInterval = 'HOUR' | 'DAY' | 'WEEK' | 'MONTH' | 'QUARTER';

/** Which of what happened to all customers a report is about. */
export interface ReportPeriod {
  /** Half-open. */
  readonly fromMs: number;
  readonly toMs: number;
  readonly department: Department | null;
  readonly channel: Channel | null;
  /** Steps that the period is cut into, each beginning where that zone's calendar has it begin; null for none. */
  readonly interval: ReportInterval | null;
  /** IANA name. */
  readonly timeZone: string;
  /** Only of those who are in this segment now; null: of all. */
  readonly segmentId: string | null;
}

/** Of the whole period (null), or of the step that begins then. A step without anything has no row. */
interface Stepped {
  readonly step: number | null;
}

export interface AnswerFigures extends Stepped {
  readonly survey: 'nps' | 'csat' | 'ces';
  /** Of CES. */
  readonly version: string | null;
  readonly valid: number;
  /** Promoters, satisfied, or who had it easy. */
  readonly favourable: number;
  readonly detractors: number;
  readonly invalid: number;
  /** Of the valid ones; the variance divides by n − 1. */
  readonly mean: number | null;
  readonly variance: number | null;
}

export interface ConversationFigures extends Stepped {
  readonly everSolved: number;
  readonly oneTouch: number;
  readonly reopened: number;
  readonly repeatable: number;
  readonly repeated: number;
  readonly inboundCalls: number;
  readonly abandonedCalls: number;
}

export const REPORTED_DURATIONS = [
  'firstReply',
  'firstReplyInBusinessHours',
  'firstResolution',
  'fullResolution',
  'fullResolutionInBusinessHours',
  'requesterWait',
  'requesterWaitInBusinessHours',
  'agentWait',
  'agentWaitInBusinessHours',
] as const;
export type ReportedDuration = (typeof REPORTED_DURATIONS)[number];

export interface DurationFigures extends Stepped {
  readonly duration: ReportedDuration;
  readonly medianMs: number;
  readonly p90Ms: number;
  readonly meanMs: number;
  readonly count: number;
}

export interface OrderFigures {
  readonly currency: string;
  readonly orders: number;
  /** Exact decimal text: what came in less what was paid back. */
  readonly net: string;
}

export interface CustomerOrderFigures extends OrderFigures {
  /** Who placed them. */
  readonly customers: number;
}

export interface FrictionFigures {
  readonly kind: FrictionKind;
  readonly department: Department;
  readonly signals: number;
  readonly customers: number;
  readonly unresolved: number;
}

export interface FrictionReport {
  readonly kinds: readonly FrictionFigures[];
  /** The ids of the customers in whom any was found, 16 bytes each; some may be there several times. */
  readonly profileIds: Buffer;
}

export interface PerceptionFigures {
  readonly department: Department;
  /** Means on 0 to 100. */
  readonly internalMean: number | null;
  readonly customerMean: number | null;
}

export interface ChurnFigures {
  /** Who was a customer when the period began. */
  readonly atStart: number;
  /** Those of them who are none when it ends. */
  readonly lost: number;
}

export interface PlacedOrder {
  readonly profileId: string;
  readonly placedAtMs: number;
  readonly value: Money;
}

/** Customers of one of `INFLUENCE_PAIRS`, with its signal and without, and how many of them came to its outcome. */
export interface InfluenceFigures {
  readonly pair: string;
  readonly customersWith: number;
  readonly outcomesWith: number;
  readonly customersWithout: number;
  readonly outcomesWithout: number;
}

/** Figures over all customers, from what is told of each of them; each a statement of its own, for who asks for it. */
export interface ExperienceReports {
  readSteps(workspaceId: number, period: ReportPeriod): Promise<readonly number[]>;
  readAnswers(workspaceId: number, period: ReportPeriod): Promise<readonly AnswerFigures[]>;
  /** `repeatsBeforeMs`: conversations opened later are too young to tell whether they repeat another. */
  readConversations(workspaceId: number, period: ReportPeriod, repeatsBeforeMs: number): Promise<readonly ConversationFigures[]>;
  /** All of them in one statement. A duration that no conversation has is left out. */
  readDurations(workspaceId: number, period: ReportPeriod, durations: readonly ReportedDuration[]): Promise<readonly DurationFigures[]>;
  readOrders(workspaceId: number, period: ReportPeriod): Promise<readonly OrderFigures[]>;
  readOrdersOfCustomers(workspaceId: number, period: ReportPeriod): Promise<readonly CustomerOrderFigures[]>;
  /** Of each sign found in the period the profile and the moment, as `frictionTimes` reads them. */
  readFrictionTimes(workspaceId: number, period: Omit<ReportPeriod, 'interval' | 'timeZone'>): Promise<Buffer>;
  readFriction(workspaceId: number, period: ReportPeriod): Promise<FrictionReport>;
  /** For each period, in their order. */
  readChurn(workspaceId: number, periods: readonly Period[], segmentId: string | null): Promise<readonly ChurnFigures[]>;
  readRevenueChurn(workspaceId: number, period: Period, segmentId: string | null): Promise<readonly RevenueChurn[]>;
  /** Placed in [fromMs, toMs) and not cancelled, by time; at most `limit`. */
  listOrders(
    workspaceId: number,
    window: { readonly fromMs: number; readonly toMs: number; readonly limit: number; readonly segmentId: string | null },
  ): Promise<readonly PlacedOrder[]>;
  readPerceptions(workspaceId: number, period: ReportPeriod): Promise<readonly PerceptionFigures[]>;
  /** Of cases that began in the period, and before `begunByMs`: of later ones the time for the outcome is not over. */
  readInfluence(workspaceId: number, period: ReportPeriod, begunByMs: number): Promise<readonly InfluenceFigures[]>;
}
