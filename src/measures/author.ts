import type { InteractionKind } from '../kernel/vocabulary';
import type { Fact } from './fact';
import { statedFlag, statedText } from './statedProperty';

/** Who did or said something: the customer, a person of the company, or a machine of the company. */
export type Author = 'customer' | 'agent' | 'bot';

/** The words of Zendesk, Intercom, Freshdesk, Salesforce and Twilio for who writes. */
const AUTHOR_WORDS: Readonly<Record<Author, readonly string[]>> = {
  customer: ['customer', 'end-user', 'end_user', 'enduser', 'user', 'contact', 'lead', 'visitor', 'requester', 'guest', 'caller'],
  agent: ['agent', 'admin', 'operator', 'teammate', 'employee', 'staff', 'owner', 'supervisor'],
  bot: ['bot', 'chatbot', 'answer_bot', 'ai', 'ai_agent', 'assistant', 'system', 'automation', 'workflow'],
};
const BY_WORD = new Map(Object.entries(AUTHOR_WORDS).flatMap(([author, words]) => words.map((word) => [word, author as Author] as const)));

/** What only one side can do, whatever the direction says. */
const ALWAYS: Partial<Record<InteractionKind, Author>> = {
  BOT_REPLIED: 'bot',
  BOT_HANDED_OFF: 'bot',
  CALL_ABANDONED: 'customer',
  SURVEY_SENT: 'agent',
  SURVEY_ANSWERED: 'customer',
  FEEDBACK_GIVEN: 'customer',
  EMPLOYEE_FEEDBACK_GIVEN: 'agent',
};

/** By the kind where it leaves no choice, else as the source states it, else by direction: what comes in is the customer's. */
export function authorOf(fact: Fact): Author {
  const always = ALWAYS[fact.kind];
  if (always) return always;
  const word = statedText(fact.properties, 'author_role', 'author_type', 'author')?.toLowerCase();
  return (word && BY_WORD.get(word)) || (fact.direction === 'INBOUND' ? 'customer' : 'agent');
}

/** Whether both sides can see it: neither a note nor anything else that stays inside the company. */
export function isPublic(fact: Fact): boolean {
  if (statedFlag(fact.properties, 'public', 'is_public') === false) return false;
  return statedFlag(fact.properties, 'internal') !== true && fact.direction !== 'INTERNAL';
}

const OPENING_WORDS = ['description', 'message_body', 'comment', 'body', 'text', 'message'];
const REPLY_WORDS = ['comment', 'message_body', 'body', 'text', 'message'];
const FEEDBACK_WORDS = ['comment', 'feedback', 'text', 'message', 'verbatim', 'body'];

/** Kinds in which somebody says something in words of their own, and the properties that hold the words. */
const WORDS: Partial<Record<InteractionKind, readonly string[]>> = {
  CONVERSATION_OPENED: OPENING_WORDS,
  CONVERSATION_REPLIED: REPLY_WORDS,
  BOT_REPLIED: REPLY_WORDS,
  SURVEY_ANSWERED: FEEDBACK_WORDS,
  FEEDBACK_GIVEN: FEEDBACK_WORDS,
  EMPLOYEE_FEEDBACK_GIVEN: FEEDBACK_WORDS,
  REVIEW_POSTED: ['review_body', ...FEEDBACK_WORDS],
  COMMUNITY_POSTED: ['body', 'text', 'message', 'comment'],
};

/** The words that were said, as they came; null where the fact is nobody's words. */
export function textOf(fact: Fact): string | null {
  const names = WORDS[fact.kind];
  return names ? statedText(fact.properties, ...names) : null;
}

/** What the customer said in words of their own; null where it is somebody else's, or no words. */
export function customerWords(fact: Fact): string | null {
  const text = textOf(fact);
  return text !== null && authorOf(fact) === 'customer' && isPublic(fact) ? text : null;
}
