import { customerWords } from '../../timeline/sentiment/spokenWords';
import type { Conversation } from '../conversation';
import type { Fact } from '../fact';
import { doneAtMs, isByCustomer, nameOf, nextDoneAtMs } from './conversationCourse';
import { isCourtesy } from './courtesy';
import type { FrictionHistory } from './history';
import type { Sign } from './sign';

/**
 * A solved conversation is opened again, in so many words or by the customer's writing on. A customer who only thanks has opened nothing again.
 * Over when it is solved again; HIGH from the second time on.
 */
export function reopened({ conversations }: FrictionHistory): Sign[] {
  return conversations.flatMap((conversation) => reopenings(conversation).map((fact, index) => signOf(conversation, fact, index)));
}

function signOf(conversation: Conversation, fact: Fact, index: number): Sign {
  const solvedAtMs = doneAtMs(conversation)
    .filter((atMs) => atMs <= fact.occurredAtMs)
    .at(-1);
  const solving = conversation.facts.filter((solved) => solved.occurredAtMs === solvedAtMs && solved !== fact).at(-1);
  return {
    kind: 'REOPENED',
    about: fact,
    evidence: solving ? [solving, fact] : [fact],
    severity: index === 0 ? 'MEDIUM' : 'HIGH',
    detectedAtMs: fact.occurredAtMs,
    endsAtMs: doneAtMs(conversation).find((atMs) => atMs > fact.occurredAtMs) ?? nextDoneAtMs(conversation, fact.occurredAtMs),
    message: `A solution did not hold: ${nameOf(conversation)} was reopened${index === 0 ? '' : `, ${index + 1} times by now`}`,
  };
}

/** The facts that opened it again: those that say so, and what the customer wrote at the end of a time in which it was solved or closed. */
function reopenings({ facts, spans }: Conversation): Fact[] {
  const turns = new Set(
    spans.filter(({ status, toMs }) => toMs !== null && (status === 'SOLVED' || status === 'CLOSED')).map(({ toMs }) => toMs),
  );
  const saying = facts.filter((fact) => fact.kind === 'CONVERSATION_REOPENED');
  const said = new Set(saying.map((fact) => fact.occurredAtMs));
  const writing = facts.filter(
    (fact) => turns.has(fact.occurredAtMs) && !said.has(fact.occurredAtMs) && isByCustomer(fact) && !onlyThanks(fact),
  );
  return facts.filter((fact) => saying.includes(fact) || writing.includes(fact));
}

function onlyThanks(fact: Fact): boolean {
  return isCourtesy(customerWords(fact) ?? '');
}
