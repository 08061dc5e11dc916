import type { InteractionKind } from '../kernel/vocabulary';
import { type Author, statedAuthor } from '../timeline/author';
import type { Fact } from './fact';
import { statedText } from './statedProperty';

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
  return statedAuthor(fact.properties) ?? (fact.direction === 'INBOUND' ? 'customer' : 'agent');
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
