import type { Department, InteractionKind } from '../kernel/vocabulary';
import type { Conversation } from './conversation';
import { isDissatisfied } from './csat';
import type { Fact } from './fact';
import { type MeasureSettings, replyDueMs } from './settings';
import type { SurveyAnswer } from './surveyAnswer';

/** All of one customer that pairs look at. */
export interface InfluencedCustomer {
  readonly facts: readonly Fact[];
  readonly conversations: readonly Conversation[];
  readonly answers: readonly SurveyAnswer[];
}

/** A moment at which the signal could have come, and whether it did. */
export interface SignalChance {
  readonly atMs: number;
  readonly hasSignal: boolean;
}

/** A signal in one department beside an outcome in another. Customers who never had the chance of the signal are in neither group. */
export interface InfluencePair {
  readonly key: string;
  readonly from: Department;
  readonly to: Department;
  readonly signal: string;
  readonly outcome: string;
  readonly chances: (customer: InfluencedCustomer, settings: MeasureSettings, nowMs: number) => readonly SignalChance[];
  readonly outcomeKinds: ReadonlySet<InteractionKind>;
}

const ORDER: ReadonlySet<InteractionKind> = new Set(['ORDER_PLACED']);
const CANCELLATION: ReadonlySet<InteractionKind> = new Set(['SUBSCRIPTION_CANCELLED']);
const CONTACT: ReadonlySet<InteractionKind> = new Set(['CONVERSATION_OPENED', 'CALL_STARTED']);
const FAREWELL: ReadonlySet<InteractionKind> = new Set(['UNSUBSCRIBED']);

/** Chances that facts are: those of one kind with the signal, those of others without. */
function byKinds(withSignal: InteractionKind, ...without: readonly InteractionKind[]): InfluencePair['chances'] {
  return ({ facts }) =>
    facts
      .filter(({ kind }) => kind === withSignal || without.includes(kind))
      .map(({ kind, occurredAtMs }) => ({ atMs: occurredAtMs, hasSignal: kind === withSignal }));
}

/** The standard pairs, one way or the other through all four departments. */
export const INFLUENCE_PAIRS: readonly InfluencePair[] = [
  {
    key: 'reopened-order',
    from: 'SUPPORT',
    to: 'SALES',
    signal: 'A solved conversation opened again',
    outcome: 'Another order',
    chances: ({ conversations }) => conversations.flatMap(reopening),
    outcomeKinds: ORDER,
  },
  {
    key: 'long-wait-order',
    from: 'SUPPORT',
    to: 'SALES',
    signal: 'A first reply later than its target',
    outcome: 'Another order',
    chances: ({ conversations }, settings, nowMs) => conversations.flatMap((conversation) => wait(conversation, settings, nowMs)),
    outcomeKinds: ORDER,
  },
  {
    key: 'low-csat-cancellation',
    from: 'SUPPORT',
    to: 'PRODUCT',
    signal: 'A low CSAT answer',
    outcome: 'Subscription cancelled',
    chances: ({ answers }) => answers.flatMap(satisfaction),
    outcomeKinds: CANCELLATION,
  },
  {
    key: 'email-click-order',
    from: 'MARKETING',
    to: 'SALES',
    signal: 'A campaign e-mail clicked',
    outcome: 'An order',
    chances: byKinds('EMAIL_CLICKED', 'EMAIL_SENT', 'EMAIL_DELIVERED'),
    outcomeKinds: ORDER,
  },
  {
    key: 'error-contact',
    from: 'PRODUCT',
    to: 'SUPPORT',
    signal: 'An error seen',
    outcome: 'A new conversation',
    chances: byKinds('ERROR_SEEN', 'SIGNED_UP', 'SIGNED_IN', 'TRIAL_STARTED', 'SUBSCRIPTION_STARTED'),
    outcomeKinds: CONTACT,
  },
  {
    key: 'failed-payment-contact',
    from: 'SALES',
    to: 'SUPPORT',
    signal: 'A payment failed',
    outcome: 'A new conversation',
    chances: byKinds('PAYMENT_FAILED', 'PAYMENT_MADE'),
    outcomeKinds: CONTACT,
  },
  {
    key: 'refund-unsubscribed',
    from: 'SALES',
    to: 'MARKETING',
    signal: 'A refund made',
    outcome: 'Unsubscribed',
    chances: byKinds('REFUND_MADE', 'ORDER_PLACED'),
    outcomeKinds: FAREWELL,
  },
];

function reopening({ solvedAtMs, reopenedAtMs }: Conversation): readonly SignalChance[] {
  return [...solvedAtMs.map((atMs) => ({ atMs, hasSignal: false })), ...reopenedAtMs.map((atMs) => ({ atMs, hasSignal: true }))];
}

/** Both ways it counts from the opening. Still waiting inside the target, it can't be told yet. */
function wait(conversation: Conversation, settings: MeasureSettings, nowMs: number): readonly SignalChance[] {
  const { openedAtMs, isOpeningKnown, openedByCompany, channel, firstReplyAtMs, status } = conversation;
  const dueMs = replyDueMs(openedAtMs, channel, settings);
  if (!isOpeningKnown || openedByCompany || dueMs === null) return [];
  if (firstReplyAtMs !== null) return [{ atMs: openedAtMs, hasSignal: firstReplyAtMs > dueMs }];
  return status === 'OPEN' && nowMs > dueMs ? [{ atMs: openedAtMs, hasSignal: true }] : [];
}

function satisfaction(answer: SurveyAnswer): readonly SignalChance[] {
  if (answer.survey !== 'csat' || !answer.isValid) return [];
  return [{ atMs: answer.fact.occurredAtMs, hasSignal: isDissatisfied(answer) }];
}
