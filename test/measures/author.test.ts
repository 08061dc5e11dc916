import { authorOf, textOf } from '../../src/measures/author';
import { isPublic } from '../../src/timeline/author';
import { customerWords } from '../../src/timeline/sentiment/spokenWords';
import { aFact } from './conversationFacts';

describe('who speaks', () => {
  it.each([
    ['end-user', 'customer'],
    ['Lead', 'customer'],
    ['admin', 'agent'],
    ['teammate', 'agent'],
    ['bot', 'bot'],
  ])('is told by the word %s', (word, author) => {
    expect(authorOf(aFact('CONVERSATION_REPLIED', 0, { author_role: word }))).toBe(author);
  });

  it('is told by the direction where no known word does', () => {
    expect(authorOf(aFact('CONVERSATION_REPLIED', 0, { author_role: 'oracle', direction: 'outbound' }))).toBe('agent');
    expect(authorOf(aFact('CONVERSATION_OPENED', 0))).toBe('customer');
    expect(authorOf(aFact('CALL_STARTED', 0, { direction: 'outbound' }))).toBe('agent');
  });

  it('can be only one where the kind says so', () => {
    expect(authorOf(aFact('BOT_REPLIED', 0, { author_role: 'agent' }))).toBe('bot');
    expect(authorOf(aFact('SURVEY_ANSWERED', 0, { author_role: 'agent' }))).toBe('customer');
  });
});

describe('what is said', () => {
  it('is public unless it is a note', () => {
    expect(isPublic(aFact('CONVERSATION_REPLIED', 0))).toBe(true);
    expect(isPublic(aFact('CONVERSATION_OPENED', 0, { direction: 'internal' }))).toBe(false);
    for (const note of [{ public: false }, { public: 'false' }, { is_public: false }, { internal: true }]) {
      expect(isPublic(aFact('CONVERSATION_REPLIED', 0, note, { direction: 'OUTBOUND' }))).toBe(false);
    }
  });

  it('is the description of an opening, and the comment of a reply', () => {
    const both = { description: 'It burns.', comment: 'Still.' };
    expect(textOf(aFact('CONVERSATION_OPENED', 0, both))).toBe('It burns.');
    expect(textOf(aFact('CONVERSATION_REPLIED', 0, both))).toBe('Still.');
    expect(textOf(aFact('CONVERSATION_REPLIED', 0, { comment: ' ', message_body: ' Hi ' }))).toBe('Hi');
    expect(textOf(aFact('CONVERSATION_SOLVED', 0, both))).toBeNull();
  });

  it("is the customer's only where they wrote it for both sides to see", () => {
    const words = { comment: 'Thanks' };
    expect(customerWords(aFact('CONVERSATION_REPLIED', 0, words))).toBe('Thanks');
    expect(customerWords(aFact('CONVERSATION_REPLIED', 0, { ...words, author_role: 'agent' }))).toBeNull();
    expect(customerWords(aFact('CONVERSATION_REPLIED', 0, { ...words, public: false }))).toBeNull();
  });
});
