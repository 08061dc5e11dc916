import { customerWords } from '../../timeline/sentiment/spokenWords';
import type { Conversation } from '../conversation';
import { byTime, type Fact } from '../fact';
import { isByAgent, isByCustomer, nameOf, nextDoneAtMs } from './conversationCourse';
import type { FrictionHistory } from './history';
import { resembles, shinglesOf } from './sameText';
import type { Sign } from './sign';
import { orderNumbersOf, statedItems } from './statedItems';

/** What a customer says is compared with that many sayings before it. */
const COMPARED_SAYINGS = 50;

interface Saying {
  readonly fact: Fact;
  readonly conversation: Conversation;
  /** Who of the company they said it to: who spoke or was assigned last, else who came next; null where nobody did. */
  readonly agent: string | null;
  readonly items: ReadonlySet<string>;
  readonly shingles: ReadonlySet<string> | null;
}

/**
 * The customer gives an identifier, an order number or a text again that they gave in another conversation, or to another agent. One sign a message
 * that repeats, with the earliest message that it repeats; over when its conversation is.
 */
export function repeatedInformation(history: FrictionHistory): Sign[] {
  const { settings } = history;
  const sayings = sayingsOf(history);
  return sayings.flatMap((saying, index) => {
    const before = sayings
      .slice(Math.max(0, index - COMPARED_SAYINGS), index)
      .filter(({ fact }) => saying.fact.occurredAtMs - fact.occurredAtMs <= settings.repeatedInformationWithinMs)
      .filter((earlier) => isSomewhereElse(earlier, saying))
      .find((earlier) => repeatOf(earlier, saying, settings.sameTextFrom) !== null);
    if (!before) return [];
    const { fact, conversation } = saying;
    const repeated = repeatOf(before, saying, settings.sameTextFrom) ?? '';
    const whereto = before.conversation.key === conversation.key ? 'to another agent' : `after giving it in ${nameOf(before.conversation)}`;
    return [
      {
        kind: 'REPEATED_INFORMATION' as const,
        about: fact,
        evidence: [before.fact, fact],
        severity: 'MEDIUM' as const,
        detectedAtMs: fact.occurredAtMs,
        endsAtMs: nextDoneAtMs(conversation, fact.occurredAtMs),
        message: `Had to give ${repeated} again in ${nameOf(conversation)}, ${whereto}`,
      },
    ];
  });
}

function sayingsOf({ conversations, orders, settings }: FrictionHistory): Saying[] {
  const orderNumbers = orderNumbersOf(orders.map(({ externalId }) => externalId));
  const sayings: Saying[] = [];
  for (const conversation of conversations) {
    let agent = conversation.facts.map(agentOf).find((name) => name !== null) ?? null;
    for (const fact of conversation.facts) {
      agent = agentOf(fact) ?? agent;
      const words = isByCustomer(fact) ? customerWords(fact) : null;
      if (words === null) continue;
      const shingles = shinglesOf(words, settings.sameTextMinimumWords);
      sayings.push({ fact, conversation, agent, items: statedItems(words, orderNumbers), shingles });
    }
  }
  return sayings.sort((left, right) => byTime(left.fact, right.fact));
}

function agentOf(fact: Fact): string | null {
  if (!isByAgent(fact) && fact.kind !== 'CONVERSATION_ASSIGNED' && fact.kind !== 'CONVERSATION_ESCALATED') return null;
  const agent = fact.properties['agent_name'] ?? fact.properties['assignee'] ?? fact.properties['author_name'];
  return typeof agent === 'string' && agent.trim() !== '' ? agent.trim() : null;
}

function isSomewhereElse(earlier: Saying, saying: Saying): boolean {
  if (earlier.conversation.key !== saying.conversation.key) return true;
  return earlier.agent !== null && saying.agent !== null && earlier.agent !== saying.agent;
}

/** What of it is said again, in words; null where nothing is. */
function repeatOf(earlier: Saying, saying: Saying, sameTextFrom: number): string | null {
  for (const item of saying.items) if (earlier.items.has(item)) return item.includes('@') ? 'the e-mail address' : `the number ${item}`;
  if (!earlier.shingles || !saying.shingles) return null;
  return resembles(earlier.shingles, saying.shingles, sameTextFrom) ? 'the same account' : null;
}
