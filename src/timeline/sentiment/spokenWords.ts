import type { JsonObject } from '../../kernel/json';
import type { Direction, InteractionKind } from '../../kernel/vocabulary';
import { type Author, isPublic, statedAuthor } from '../author';

/** What is needed of an interaction, or of a fact, to find the words on it. */
export interface Spoken {
  readonly kind: InteractionKind;
  readonly direction: Direction;
  readonly properties: JsonObject;
}

const MESSAGE = ['comment', 'message_body', 'body', 'text', 'message'];
/** Where customers' words stand, by kind; the first property that holds a text counts. */
const CUSTOMER_WORDS: Partial<Record<InteractionKind, readonly string[]>> = {
  CONVERSATION_OPENED: ['description', ...MESSAGE, 'subject'],
  CONVERSATION_REPLIED: MESSAGE,
  CONVERSATION_REOPENED: MESSAGE,
  CALL_ENDED: ['comment'],
  SURVEY_ANSWERED: ['comment', 'feedback', 'text', 'message', 'verbatim', 'body'],
  FEEDBACK_GIVEN: ['comment', 'feedback', 'text', 'message', 'verbatim', 'body', 'description'],
  REVIEW_POSTED: ['comment', 'review_body', 'review', 'body', 'text'],
  COMMUNITY_POSTED: MESSAGE,
  MESSAGE_SENT: MESSAGE,
};
const AGENT_WORDS: Partial<Record<InteractionKind, readonly string[]>> = {
  CONVERSATION_OPENED: ['description', ...MESSAGE],
  CONVERSATION_REPLIED: MESSAGE,
  CONVERSATION_SOLVED: MESSAGE,
  CONVERSATION_CLOSED: MESSAGE,
};

/** Who speaks: as the source states it, else by direction, what comes in being the customer's. */
export function speakerOf({ kind, direction, properties }: Spoken): Author {
  if (kind === 'BOT_REPLIED') return 'bot';
  return statedAuthor(properties) ?? (direction === 'INBOUND' ? 'customer' : 'agent');
}

/** Whether an interaction of this kind can have words of the customer's at all. */
export function mayHoldCustomerWords(kind: InteractionKind): boolean {
  return CUSTOMER_WORDS[kind] !== undefined;
}

/** The customer's own words on an interaction, without what they quote; null where they said nothing. */
export function customerWords(spoken: Spoken): string | null {
  return speakerOf(spoken) === 'customer' ? wordsIn(spoken, CUSTOMER_WORDS[spoken.kind]) : null;
}

/** What a person of the company said so that the customer could read it; null for bots and notes. */
export function agentWords(spoken: Spoken): string | null {
  return speakerOf(spoken) === 'agent' ? wordsIn(spoken, AGENT_WORDS[spoken.kind]) : null;
}

function wordsIn(spoken: Spoken, names: readonly string[] | undefined): string | null {
  if (!names || !isPublic(spoken)) return null;
  for (const name of names) {
    const value = spoken.properties[name];
    if (typeof value === 'string' && value.trim() !== '') return withoutMarkup(value);
  }
  return null;
}

const TAG = /<\/?[a-z][^<>]{0,500}>/gi;
const QUOTED_LINE = /^[ \t]*>.*$/gm;

function withoutMarkup(text: string): string | null {
  const plain = text.replace(TAG, ' ').replace(QUOTED_LINE, ' ').trim();
  return plain === '' ? null : plain;
}
