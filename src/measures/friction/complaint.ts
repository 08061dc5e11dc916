import { customerWords } from '../../timeline/sentiment/spokenWords';
import type { Conversation } from '../conversation';
import type { Fact } from '../fact';
import { unsolvedStretches } from './conversationCourse';
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

/** The time of a conversation in which the customer is known to complain and it is not solved. */
export interface OpenComplaint {
  readonly conversation: Conversation;
  readonly complaining: Fact;
  readonly toMs: number | null;
}

/**
 * Complaints among the conversations: by topic or title from the opening on, by the customer's words, their tone, or an opening again from then on; each until it
 * is solved.
 */
export function openComplaints(history: FrictionHistory): OpenComplaint[] {
  return history.conversations.flatMap((conversation) =>
    unsolvedStretches(conversation).flatMap(({ fromMs, toMs }) => {
      const during = conversation.facts.filter((fact) => fact.occurredAtMs >= fromMs && (toMs === null || fact.occurredAtMs < toMs));
      const isTitled = saysComplaint(conversation.topic) || saysComplaint(conversation.subject);
      const complaining = isTitled ? during[0] : during.find((fact) => complains(fact, history));
      return complaining ? [{ conversation, complaining, toMs }] : [];
    }),
  );
}

function complains(fact: Fact, { sentimentOf, settings }: FrictionHistory): boolean {
  if (fact.kind === 'CONVERSATION_REOPENED') return true;
  const words = customerWords(fact);
  return words !== null && (saysComplaint(words) || (sentimentOf(words) ?? 0) <= settings.negativeFrom);
}
