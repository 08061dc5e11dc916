import { byTime, type Fact } from '../fact';
import { abandonedCalls } from './abandonedCall';
import { abandonedCarts } from './abandonedCart';
import { botLoops } from './botLoop';
import { channelSwitches } from './channelSwitch';
import { errorStreaks } from './errorStreak';
import { failedPayments } from './failedPayments';
import type { FrictionHistory } from './history';
import { ignoredFeedback } from './ignoredFeedback';
import { impersonalPromotions } from './impersonal';
import { longWaits } from './longWait';
import { negativeSentiments } from './negativeSentiment';
import { reopened } from './reopened';
import { repeatedContacts } from './repeatedContact';
import { repeatedInformation } from './repeatedInformation';
import { rudeAgents } from './rudeAgent';
import { nextChangeAtMs, type Sign, signalsAt } from './sign';
import type { FrictionKind, FrictionSignal } from './signal';
import { unresolved } from './unresolved';

export interface Friction {
  /** Oldest detection first. */
  readonly signals: readonly FrictionSignal[];
  /** When silence alone would change the answer next; null where it can't. */
  readonly nextAtMs: number | null;
}

const DETECTORS: Readonly<Record<FrictionKind, (history: FrictionHistory) => readonly Sign[]>> = {
  LONG_WAIT: longWaits,
  REPEATED_CONTACT: repeatedContacts,
  REPEATED_INFORMATION: repeatedInformation,
  UNRESOLVED: unresolved,
  REOPENED: reopened,
  BOT_LOOP: botLoops,
  CHANNEL_SWITCH: channelSwitches,
  NEGATIVE_SENTIMENT: negativeSentiments,
  IMPERSONAL: impersonalPromotions,
  RUDE_AGENT: rudeAgents,
  FAILED_PAYMENT: failedPayments,
  ERROR_STREAK: errorStreaks,
  ABANDONED_CART: abandonedCarts,
  ABANDONED_CALL: abandonedCalls,
  IGNORED_FEEDBACK: ignoredFeedback,
};

/**
 * The signs of bad experience in one customer's facts as they stand at `nowMs`, lasting and resolved. The facts may come in any order and more than once;
 * what lies after `nowMs` counts from its time on. Asked at any time before `nextAtMs`, the same facts answer the same signals.
 */
export function findFriction(history: FrictionHistory, nowMs: number): Friction {
  const facts = [...new Map(history.facts.map((fact) => [fact.interactionId, fact])).values()].sort(byTime);
  const ordered: FrictionHistory = { ...history, facts: facts as Fact[], sentimentOf: remembering(history.sentimentOf) };
  const signs = distinct(Object.values(DETECTORS).flatMap((detect) => detect(ordered)));
  return { signals: signalsAt(signs, nowMs), nextAtMs: nextChangeAtMs(signs, nowMs) };
}

/** Several signs look at the same words. */
function remembering(sentimentOf: FrictionHistory['sentimentOf']): FrictionHistory['sentimentOf'] {
  const known = new Map<string, number | null>();
  return (text) => {
    const before = known.get(text);
    if (before !== undefined) return before;
    const sentiment = sentimentOf(text);
    known.set(text, sentiment);
    return sentiment;
  };
}

/** One sign a kind and fact: where two are found, that which is found first. */
function distinct(signs: readonly Sign[]): Sign[] {
  const byKey = new Map<string, Sign>();
  for (const sign of signs) {
    const key = `${sign.kind}/${sign.about.interactionId}`;
    const other = byKey.get(key);
    if (!other || sign.detectedAtMs < other.detectedAtMs) byKey.set(key, sign);
  }
  return [...byKey.values()];
}
