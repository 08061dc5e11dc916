import type { JsonObject } from '../kernel/json';
import type { Direction } from '../kernel/vocabulary';

/** Who did or said something: the customer, a person of the company, or a machine of the company. */
export type Author = 'customer' | 'agent' | 'bot';

/** The words of Zendesk, Intercom, Freshdesk, Salesforce and Twilio for who writes. */
const AUTHOR_WORDS: Readonly<Record<Author, readonly string[]>> = {
  customer: ['customer', 'end-user', 'end_user', 'enduser', 'user', 'contact', 'lead', 'visitor', 'requester', 'guest', 'caller'],
  agent: ['agent', 'admin', 'operator', 'teammate', 'employee', 'staff', 'owner', 'supervisor'],
  bot: ['bot', 'chatbot', 'answer_bot', 'ai', 'ai_agent', 'assistant', 'system', 'automation', 'workflow', 'trigger'],
};
const BY_WORD = new Map(Object.entries(AUTHOR_WORDS).flatMap(([author, words]) => words.map((word) => [word, author as Author] as const)));
const STATED_BY = ['author_role', 'author_type', 'author'] as const;

/** As the source states it; null where it says nothing, or a word that is not known. */
export function statedAuthor(properties: JsonObject): Author | null {
  for (const name of STATED_BY) {
    const word = properties[name];
    if (typeof word === 'string' && word.trim() !== '') return BY_WORD.get(word.trim().toLowerCase()) ?? null;
  }
  return null;
}

/** Whether both sides can read it: neither a note nor anything else that stays inside the company. Flags may be the words that files carry. */
export function isPublic({ direction, properties }: { readonly direction: Direction; readonly properties: JsonObject }): boolean {
  const says = (name: string, flag: boolean) => properties[name] === flag || properties[name] === String(flag);
  return direction !== 'INTERNAL' && !says('public', false) && !says('is_public', false) && !says('internal', true);
}
