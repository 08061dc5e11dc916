import { customerWords } from '../../timeline/sentiment/spokenWords';
import { byTime, type Fact } from '../fact';
import { nameOf, nextDoneAtMs } from './conversationCourse';
import type { FrictionSettings } from './frictionSettings';
import type { FrictionHistory } from './history';
import type { Sign } from './sign';

/** From here on VADER calls a text positive. */
const POSITIVE_FROM = 0.05;

interface Uttered {
  readonly fact: Fact;
  readonly sentiment: number;
}

/**
 * The customer's words are negative, or fall far inside a conversation. Grain: one sign from the first such words until the customer says something
 * positive in the same conversation, or it is solved; words outside of conversations (reviews, surveys) until any positive ones outside.
 */
export function negativeSentiments(history: FrictionHistory): Sign[] {
  const { settings, conversations } = history;
  const inConversations = conversations.flatMap((conversation) => {
    const uttered = utteredIn(conversation.facts, history);
    return signsIn(uttered, settings, ` in ${nameOf(conversation)}`, true, (atMs) => nextDoneAtMs(conversation, atMs + 1));
  });
  const numbered = new Set(conversations.flatMap(({ facts }) => facts.map((fact) => fact.interactionId)));
  const outside = utteredIn(
    history.facts.filter((fact) => !numbered.has(fact.interactionId)),
    history,
  );
  return [...inConversations, ...signsIn(outside, settings, '', false, () => null)];
}

function utteredIn(facts: readonly Fact[], { sentimentOf }: FrictionHistory): Uttered[] {
  return [...facts].sort(byTime).flatMap((fact) => {
    const words = customerWords(fact);
    const sentiment = words === null ? null : sentimentOf(words);
    return sentiment === null ? [] : [{ fact, sentiment }];
  });
}

function signsIn(
  uttered: readonly Uttered[],
  settings: FrictionSettings,
  where: string,
  canFall: boolean,
  doneAfterMs: (atMs: number) => number | null,
): Sign[] {
  const signs: Sign[] = [];
  let highest = Number.NEGATIVE_INFINITY;
  let overAtMs: number | null = Number.NEGATIVE_INFINITY;
  for (const [index, { fact, sentiment }] of uttered.entries()) {
    const fell = canFall && sentiment < 0 && highest - sentiment >= settings.negativeFall;
    highest = Math.max(highest, sentiment);
    const isNew = overAtMs !== null && fact.occurredAtMs >= overAtMs;
    if (!isNew || (sentiment > settings.negativeFrom && !fell)) continue;
    const positive = uttered.slice(index + 1).find((later) => later.sentiment >= POSITIVE_FROM);
    overAtMs = earliest(positive?.fact.occurredAtMs ?? null, doneAfterMs(fact.occurredAtMs));
    const until = overAtMs;
    const negative = uttered.slice(index).filter((later) => later.sentiment < 0 && (until === null || later.fact.occurredAtMs < until));
    signs.push(signOf([uttered[index] as Uttered, ...negative], overAtMs, settings, where));
  }
  return signs;
}

function earliest(left: number | null, right: number | null): number | null {
  if (left === null || right === null) return left ?? right;
  return Math.min(left, right);
}

function signOf(negative: readonly Uttered[], endsAtMs: number | null, settings: FrictionSettings, where: string): Sign {
  const [first] = negative as [Uttered];
  const lowest = Math.min(...negative.map(({ sentiment }) => sentiment));
  const isVery = negative.find(({ sentiment }) => sentiment <= settings.veryNegativeFrom);
  return {
    kind: 'NEGATIVE_SENTIMENT',
    about: first.fact,
    evidence: negative.map(({ fact }) => fact),
    severity: first.sentiment <= settings.negativeFrom ? 'MEDIUM' : 'LOW',
    detectedAtMs: first.fact.occurredAtMs,
    worseAtMs: isVery?.fact.occurredAtMs ?? null,
    endsAtMs,
    message: `${first.sentiment <= settings.negativeFrom ? 'Negative words' : 'The tone fell'}${where} (${lowest.toFixed(2)})`,
  };
}
