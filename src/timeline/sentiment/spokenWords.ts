import type { JsonObject } from '../../kernel/json';
import type { Direction, InteractionKind } from '../../kernel/vocabulary';

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
const COMPANY_WORDS: Partial<Record<InteractionKind, readonly string[]>> = {
  CONVERSATION_OPENED: ['description', ...MESSAGE],
  CONVERSATION_REPLIED: MESSAGE,
  CONVERSATION_SOLVED: MESSAGE,
  CONVERSATION_CLOSED: MESSAGE,
};
const BOTS = /^(bot|chatbot|system|automation|trigger)$/i;

/** The customer's own words on an interaction, without what they quote; null where they said nothing. */
export function customerWords(spoken: Spoken): string | null {
  return spoken.direction === 'INBOUND' ? wordsIn(spoken, CUSTOMER_WORDS[spoken.kind]) : null;
}

/** What a person of the company said so that the customer could read it; null for bots and notes. */
export function agentWords(spoken: Spoken): string | null {
  return spoken.direction === 'OUTBOUND' ? wordsIn(spoken, COMPANY_WORDS[spoken.kind]) : null;
}

export function isByBot({ kind, properties }: Spoken): boolean {
  if (kind === 'BOT_REPLIED') return true;
  const role = properties['author_role'] ?? properties['author_type'];
  return typeof role === 'string' && BOTS.test(role);
}

function wordsIn(spoken: Spoken, names: readonly string[] | undefined): string | null {
  const { properties } = spoken;
  if (!names || isByBot(spoken) || properties['public'] === false) return null;
  for (const name of names) {
    const value = properties[name];
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
