import type { Channel, Department, InteractionKind } from '../kernel/vocabulary';
import type { Fact } from './fact';

// SIGNATURES AGREED BETWEEN HELPERS. Each type moves into the file of its owner (named in the comment) when that file is written; this file then goes.

/** kernel/money.ts (E): exact. `amount` is a decimal text such as "59.90"; currency is ISO 4217, upper case. */
export interface Money {
  readonly amount: string;
  readonly currency: string;
}

/** measures/conversation.ts (C): conversationsOf(facts: readonly Fact[]): Conversation[], oldest first; whatever order the facts came in. */
export type ConversationStatus = 'OPEN' | 'PENDING' | 'ON_HOLD' | 'SOLVED' | 'CLOSED';
export interface Conversation {
  /** `${sourceId}/${subject.type}/${externalId}` */
  readonly key: string;
  readonly externalId: string;
  readonly type: string;
  readonly sourceId: number;
  readonly department: Department;
  readonly channel: Channel;
  readonly status: ConversationStatus;
  readonly subject: string | null;
  readonly topic: string | null;
  readonly openedAtMs: number;
  readonly openedByCompany: boolean;
  /** First public reply by a person of the company (measures.md); null where there is none yet. */
  readonly firstReplyAtMs: number | null;
  readonly firstSolvedAtMs: number | null;
  readonly lastSolvedAtMs: number | null;
  readonly closedAtMs: number | null;
  readonly reopens: number;
  /** Public replies by persons of the company. */
  readonly companyReplies: number;
  readonly customerReplies: number;
  /** All messages of customer, agents and bots that are public. */
  readonly messages: number;
  readonly assignee: string | null;
  readonly priority: string | null;
  /** Spans of the statuses, half-open and in order; the last one has no end while it lasts. */
  readonly spans: readonly { readonly status: ConversationStatus; readonly fromMs: number; readonly toMs: number | null }[];
  /** A score that the company gave itself on it, on 0–100. */
  readonly internalRating: number | null;
  readonly facts: readonly Fact[];
}

/** measures/surveyAnswer.ts (C): surveyAnswersOf(facts): SurveyAnswer[], oldest first, answers outside the scale marked. */
export interface SurveyAnswer {
  readonly fact: Fact;
  readonly survey: 'nps' | 'csat' | 'ces';
  readonly score: number;
  readonly scaleMin: number;
  readonly scaleMax: number;
  /** CES only: '2.0' (1–7, made it easy) or '1.0' (1–5, runs the other way). */
  readonly version: string | null;
  readonly isValid: boolean;
}

/** measures/order.ts (E): ordersOf(facts): Order[], oldest first. */
export interface Order {
  readonly key: string;
  readonly externalId: string;
  readonly placedAtMs: number;
  readonly value: Money;
  /** value less refunds of the same currency; may be negative where refunds are larger; zero when cancelled. */
  readonly net: Money;
  readonly status: 'PLACED' | 'DELIVERED' | 'CANCELLED' | 'REFUNDED' | 'PARTLY_REFUNDED';
  readonly items: number;
  readonly products: readonly string[];
  readonly facts: readonly Fact[];
}

/** measures/cart.ts (E): cartOf(facts, nowMs): Cart | null — null once ordered or emptied. */
export interface Cart {
  readonly items: readonly object[];
  readonly value: Money | null;
  readonly updatedAtMs: number;
  /** Untouched for an hour without an order. */
  readonly abandoned: boolean;
  readonly facts: readonly Fact[];
}

/** measures/subscription.ts (E): subscriptionsOf(facts): Subscription[]. */
export interface Subscription {
  readonly key: string;
  readonly externalId: string;
  readonly startedAtMs: number;
  /** Null while it runs or was resumed. */
  readonly cancelledAtMs: number | null;
  /** What it brings a month, over time; steps in order. */
  readonly mrr: readonly { readonly fromMs: number; readonly value: Money | null }[];
}

/** measures/lifecycle.ts (E): lifecycleOf(facts, nowMs, rules): Lifecycle */
export type LifecycleStage = 'ANONYMOUS' | 'AWARE' | 'CONSIDERING' | 'TRIAL' | 'CUSTOMER' | 'LOYAL' | 'AT_RISK' | 'CHURNED';
export interface Lifecycle {
  readonly stage: LifecycleStage;
  readonly history: readonly { readonly stage: LifecycleStage; readonly fromMs: number }[];
  readonly nextAtMs: number | null;
}

/** Kinds that say something beyond having been there: these are the facts; the rest of the timeline are touches only. */
export type FactKind = Exclude<
  InteractionKind,
  'PAGE_VIEWED' | 'SCREEN_VIEWED' | 'PRODUCT_VIEWED' | 'CUSTOM' | 'FEATURE_USED' | 'APP_OPENED' | 'AD_SEEN'
>;
