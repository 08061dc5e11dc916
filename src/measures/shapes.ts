import type { Channel, Department, InteractionKind } from '../kernel/vocabulary';
import type { Fact } from './fact';

// SIGNATURES AGREED BETWEEN HELPERS. Each type moves into the file of its owner (named in the comment) when that file is written; this file then goes.

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

/** measures/friction/friction.ts (D): findFriction(facts, { nowMs, settings }): Friction */
export type Severity = 'LOW' | 'MEDIUM' | 'HIGH';
export type FrictionKind =
  | 'LONG_WAIT'
  | 'REPEATED_CONTACT'
  | 'REPEATED_INFORMATION'
  | 'UNRESOLVED'
  | 'REOPENED'
  | 'BOT_LOOP'
  | 'CHANNEL_SWITCH'
  | 'NEGATIVE_SENTIMENT'
  | 'IMPERSONAL'
  | 'RUDE_AGENT'
  | 'FAILED_PAYMENT'
  | 'ERROR_STREAK'
  | 'ABANDONED_CART'
  | 'ABANDONED_CALL'
  | 'IGNORED_FEEDBACK';
export interface FrictionSignal {
  /** Names the sign by its kind and first evidence: the same sign found again has the same key. */
  readonly key: string;
  readonly kind: FrictionKind;
  readonly severity: Severity;
  readonly detectedAtMs: number;
  readonly resolvedAtMs: number | null;
  /** One line a person can read. */
  readonly message: string;
  /** Interaction ids, oldest first, at least one. */
  readonly evidence: readonly string[];
  readonly department: Department;
  readonly channel: Channel;
}
export interface Friction {
  /** Oldest detection first. */
  readonly signals: readonly FrictionSignal[];
  /** When silence alone would change the answer next; null where it can't. */
  readonly nextAtMs: number | null;
}

/** measures/suggestions.ts (D): suggestionsOf(…): Suggestion[], most urgent first. */
export interface Suggestion {
  /** Upper snake, such as CALL_BACK. */
  readonly kind: string;
  readonly text: string;
  readonly evidence: readonly string[];
}

/** Kinds that say something beyond having been there: these are the facts; the rest of the timeline are touches only. */
export type FactKind = Exclude<
  InteractionKind,
  'PAGE_VIEWED' | 'SCREEN_VIEWED' | 'PRODUCT_VIEWED' | 'CUSTOM' | 'FEATURE_USED' | 'APP_OPENED' | 'AD_SEEN'
>;
