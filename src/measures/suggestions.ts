import type { Channel } from '../kernel/vocabulary';
import { openComplaints } from './friction/complaint';
import { isByAgent, isUnsolvedAt, openingOf } from './friction/conversationCourse';
import type { FrictionHistory } from './friction/history';
import type { FrictionKind, FrictionSignal } from './friction/signal';

const DAY_MS = 86_400_000;
/** What lies longer ago is no reason to do something today. */
const RECENT_MS = 30 * DAY_MS;
const APOLOGY_MS = 7 * DAY_MS;
/** Orders that are worth a word, by their number. */
const MILESTONES = [5, 10, 25, 50, 100, 250, 500, 1000];
const PROMOTER_FROM = 9;

/** What to do for a customer next. */
export interface Suggestion {
  /** Upper snake, such as CALL_BACK. */
  readonly kind: string;
  /** What to do, and why. */
  readonly text: string;
  /** The friction or milestone that it comes from. */
  readonly rule: string;
  /** Interaction ids, oldest first, at least one. */
  readonly evidence: readonly string[];
}

export interface SuggestionBasis {
  readonly history: FrictionHistory;
  /** What `findFriction` answered for `nowMs`. */
  readonly signals: readonly FrictionSignal[];
  /** Where the customer replies most, or said they want to be spoken to. */
  readonly preferredChannel: Channel | null;
  readonly nowMs: number;
}

type Rule = (basis: SuggestionBasis) => readonly Suggestion[];

/** What an agent should do next, most urgent first; of each kind one, with all that speaks for it. */
export function suggestionsOf(basis: SuggestionBasis): Suggestion[] {
  const facts = basis.history.facts.filter(({ occurredAtMs }) => occurredAtMs <= basis.nowMs);
  return RULES.flatMap((rule) => rule({ ...basis, history: { ...basis.history, facts } }));
}

interface FrictionRule {
  readonly kind: string;
  readonly todo: string;
  readonly signs: readonly FrictionKind[];
  /** How long after its end a sign still asks for it. */
  readonly afterMs?: number;
}

function fromFriction({ kind, todo, signs, afterMs = 0 }: FrictionRule): Rule {
  return ({ signals, nowMs }) => {
    const asking = signals.filter(
      (signal) => signs.includes(signal.kind) && (signal.resolvedAtMs === null || nowMs - signal.resolvedAtMs < afterMs),
    );
    const latest = asking.at(-1);
    if (!latest) return [];
    const rule = [...new Set(asking.map((signal) => signal.kind))].join(', ');
    return [{ kind, text: `${todo}: ${latest.message}.`, rule, evidence: [...new Set(asking.flatMap(({ evidence }) => evidence))] }];
  };
}

const RULES: readonly Rule[] = [
  fromFriction({ kind: 'CALL_BACK', todo: 'Call back', signs: ['ABANDONED_CALL'] }),
  fromFriction({ kind: 'HAND_TO_PERSON', todo: 'Let a person take over from the bot', signs: ['BOT_LOOP'] }),
  fromFriction({ kind: 'APOLOGISE_FOR_WAIT', todo: 'Apologise for the wait', signs: ['LONG_WAIT'], afterMs: APOLOGY_MS }),
  fromFriction({ kind: 'APOLOGISE_FOR_TONE', todo: 'Apologise for what a colleague wrote', signs: ['RUDE_AGENT'], afterMs: APOLOGY_MS }),
  fromFriction({ kind: 'DO_NOT_ASK_AGAIN', todo: "Don't ask again for what is known", signs: ['REPEATED_INFORMATION'] }),
  holdBackPromotions,
  fromFriction({ kind: 'REPLY_TO_FEEDBACK', todo: 'Reply to the feedback', signs: ['IGNORED_FEEDBACK'] }),
  fromFriction({ kind: 'SEE_IT_THROUGH', todo: 'Let one person see it through', signs: ['UNRESOLVED', 'REOPENED', 'REPEATED_CONTACT'] }),
  fromFriction({ kind: 'ACKNOWLEDGE_ANNOYANCE', todo: 'Say that you see the annoyance', signs: ['NEGATIVE_SENTIMENT'] }),
  fromFriction({ kind: 'HELP_WITH_PAYMENT', todo: 'Offer another way to pay', signs: ['FAILED_PAYMENT'] }),
  fromFriction({
    kind: 'HELP_WITH_ERRORS',
    todo: 'Ask what went wrong and pass it to the product team',
    signs: ['ERROR_STREAK'],
    afterMs: DAY_MS,
  }),
  offerPreferredChannel,
  remindOfCart,
  thankPromoter,
  askOpenFeedback,
  thankForMilestone,
];

function holdBackPromotions({ history, nowMs }: SuggestionBasis): Suggestion[] {
  const open = openComplaints(history).filter(
    ({ complaining, toMs }) => complaining.occurredAtMs <= nowMs && (toMs === null || nowMs < toMs),
  );
  const [first] = open;
  if (!first) return [];
  const text = `Hold back promotions while ${first.name} is open.`;
  return [
    { kind: 'HOLD_BACK_PROMOTIONS', text, rule: 'OPEN_COMPLAINT', evidence: open.map(({ complaining }) => complaining.interactionId) },
  ];
}

function hasOpenComplaint(basis: SuggestionBasis): boolean {
  return holdBackPromotions(basis).length > 0;
}

function offerPreferredChannel({ history, preferredChannel, nowMs }: SuggestionBasis): Suggestion[] {
  if (preferredChannel === null) return [];
  const elsewhere = history.conversations.filter(
    (conversation) => conversation.channel !== preferredChannel && !conversation.openedByCompany && isUnsolvedAt(conversation, nowMs),
  );
  const evidence = elsewhere.flatMap((conversation) => openingOf(conversation)?.interactionId ?? []);
  if (evidence.length === 0) return [];
  const text = `Offer to go on by ${preferredChannel.toLowerCase().replaceAll('_', ' ')}, where this customer replies most.`;
  return [{ kind: 'OFFER_PREFERRED_CHANNEL', text, rule: 'PREFERRED_CHANNEL', evidence }];
}

/** Not while something else is more on their mind. */
function remindOfCart(basis: SuggestionBasis): readonly Suggestion[] {
  if (hasOpenComplaint(basis)) return [];
  return fromFriction({ kind: 'REMIND_OF_CART', todo: 'Remind of the cart', signs: ['ABANDONED_CART'] })(basis);
}

function thankPromoter({ history, nowMs }: SuggestionBasis): Suggestion[] {
  const latest = history.answers.filter(({ survey, isValid, fact }) => survey === 'nps' && isValid && fact.occurredAtMs <= nowMs).at(-1);
  if (!latest || latest.score < PROMOTER_FROM || nowMs - latest.fact.occurredAtMs >= RECENT_MS) return [];
  if (history.facts.some((fact) => fact.occurredAtMs > latest.fact.occurredAtMs && isByAgent(fact))) return [];
  const text = `Thank for the ${latest.score} of ${latest.scaleMax} and ask for a review or a recommendation.`;
  return [{ kind: 'THANK_PROMOTER', text, rule: 'NPS_PROMOTER', evidence: [latest.fact.interactionId] }];
}

/** A survey of late that was not answered; not while a complaint is open. */
function askOpenFeedback(basis: SuggestionBasis): Suggestion[] {
  const { facts } = basis.history;
  const sent = facts.filter(({ kind }) => kind === 'SURVEY_SENT').at(-1);
  if (!sent || basis.nowMs - sent.occurredAtMs >= RECENT_MS || hasOpenComplaint(basis)) return [];
  if (facts.some(({ kind, occurredAtMs }) => kind === 'SURVEY_ANSWERED' && occurredAtMs >= sent.occurredAtMs)) return [];
  const text = 'Ask how it went: the last survey was not answered.';
  return [{ kind: 'ASK_OPEN_FEEDBACK', text, rule: 'SURVEY_UNANSWERED', evidence: [sent.interactionId] }];
}

function thankForMilestone({ history, nowMs }: SuggestionBasis): Suggestion[] {
  const placed = history.orders.filter(({ placedAtMs, status }) => placedAtMs <= nowMs && status !== 'CANCELLED');
  const last = placed.at(-1);
  const placing = last?.facts.find(({ kind }) => kind === 'ORDER_PLACED');
  if (!last || !placing || !MILESTONES.includes(placed.length) || nowMs - last.placedAtMs >= RECENT_MS) return [];
  const text = `Thank for the ${placed.length}th order.`;
  return [{ kind: 'THANK_FOR_MILESTONE', text, rule: 'ORDER_MILESTONE', evidence: [placing.interactionId] }];
}
