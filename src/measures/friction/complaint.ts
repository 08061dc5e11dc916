import { customerWords } from '../../timeline/sentiment/spokenWords';
import type { Fact } from '../fact';
import { isByAgent, isByCustomer, nameOf, unsolvedStretches } from './conversationCourse';
import { isCourtesy } from './courtesy';
import type { FrictionHistory } from './history';

const COMPLAINT =
  /\b(complain\w*|beschwerde\w*|reklamation\w*|réclamation\w*|plainte|queja\w*|reclamaci[oó]n\w*|reclamo\w*|klacht\w*|claim)(?![\p{L}])/iu;

function saysComplaint(text: string | null): boolean {
  return text !== null && COMPLAINT.test(text);
}

/** Feedback that complains: by its name or type, in so many words, or by its tone. */
export function isComplaint(fact: Fact, { sentimentOf, settings }: Pick<FrictionHistory, 'sentimentOf' | 'settings'>): boolean {
  if (fact.kind !== 'FEEDBACK_GIVEN') return false;
  const { feedback_type: feedbackType, type, topic } = fact.properties;
  const stated = [fact.name, feedbackType, type, topic].filter((text) => typeof text === 'string').join(' ');
  const words = customerWords(fact);
  return saysComplaint(stated) || saysComplaint(words) || (words !== null && (sentimentOf(words) ?? 0) <= settings.negativeFrom);
}

/** The time in which the customer is known to complain and nothing has come of it. */
export interface OpenComplaint {
  /** `ticket 35436`, or what else it is. */
  readonly name: string;
  readonly complaining: Fact;
  readonly toMs: number | null;
}

/** Complaints as conversations, each until it is solved, and as feedback, until the company says something, but not for ever. */
export function openComplaints(history: FrictionHistory): OpenComplaint[] {
  return [...complainingConversations(history), ...complainingFeedback(history)];
}

function complainingFeedback(history: FrictionHistory): OpenComplaint[] {
  const { facts, settings } = history;
  return facts
    .filter((fact) => isComplaint(fact, history))
    .map((complaining) => {
      const { occurredAtMs } = complaining;
      const reply = facts.find((fact) => fact.occurredAtMs > occurredAtMs && isByAgent(fact));
      const forgottenAtMs = occurredAtMs + settings.complaintOpenForMs;
      return { name: 'a complaint', complaining, toMs: Math.min(reply?.occurredAtMs ?? forgottenAtMs, forgottenAtMs) };
    });
}

/**
 * By topic or title from the opening on; by the customer's words or their tone from then on; opened again, by more than thanks, from the start.
 */
function complainingConversations(history: FrictionHistory): OpenComplaint[] {
  return history.conversations.flatMap((conversation) =>
    unsolvedStretches(conversation).flatMap(({ fromMs, toMs }, index) => {
      const during = conversation.facts.filter((fact) => fact.occurredAtMs >= fromMs && (toMs === null || fact.occurredAtMs < toMs));
      const isTitled = saysComplaint(conversation.topic) || saysComplaint(conversation.subject);
      const complaining = isTitled ? during[0] : during.find((fact) => complains(fact, history) || (index > 0 && insists(fact)));
      return complaining ? [{ name: nameOf(conversation), complaining, toMs }] : [];
    }),
  );
}

function insists(fact: Fact): boolean {
  return isByCustomer(fact) && !isCourtesy(customerWords(fact) ?? '');
}

function complains(fact: Fact, { sentimentOf, settings }: FrictionHistory): boolean {
  if (fact.kind === 'CONVERSATION_REOPENED') return true;
  const words = customerWords(fact);
  return words !== null && (saysComplaint(words) || (sentimentOf(words) ?? 0) <= settings.negativeFrom);
}
