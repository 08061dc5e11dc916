import { abusiveWordsIn } from '../../../src/timeline/sentiment/abusiveWords';
import { agentWords, customerWords, type Spoken } from '../../../src/timeline/sentiment/spokenWords';

function replied(properties: Spoken['properties'], direction: Spoken['direction'] = 'INBOUND'): Spoken {
  return { kind: 'CONVERSATION_REPLIED', direction, properties };
}

describe("The customer's own words", () => {
  it('stand in different properties by kind', () => {
    expect(customerWords(replied({ comment: 'Hello' }))).toBe('Hello');
    expect(
      customerWords({ kind: 'CONVERSATION_OPENED', direction: 'INBOUND', properties: { subject: 'Late', description: 'It is late' } }),
    ).toBe('It is late');
    expect(customerWords({ kind: 'REVIEW_POSTED', direction: 'INBOUND', properties: { review_body: 'Fine' } })).toBe('Fine');
    expect(customerWords({ kind: 'ORDER_PLACED', direction: 'INBOUND', properties: { comment: 'Ring twice' } })).toBeNull();
  });

  it('are neither those of agents nor of bots nor notes', () => {
    expect(customerWords(replied({ comment: 'Hello' }, 'OUTBOUND'))).toBeNull();
    expect(customerWords(replied({ comment: 'Hello', author_role: 'bot' }))).toBeNull();
    for (const note of [{ public: false }, { public: 'false' }, { internal: 'true' }]) {
      expect(customerWords(replied({ comment: 'Hello', ...note }))).toBeNull();
    }
    expect(
      customerWords({ kind: 'CONVERSATION_OPENED', direction: 'INBOUND', properties: { description: 'Hi', author_role: 'agent' } }),
    ).toBeNull();
  });

  it('come without markup and without what they quote', () => {
    expect(customerWords(replied({ comment: '<p>It is <b>late</b></p>' }))).toBe('It is  late');
    expect(customerWords(replied({ comment: 'Yes <3\n> Are you a horrible person?' }))).toBe('Yes <3');
    expect(customerWords(replied({ comment: '> only quoted' }))).toBeNull();
  });
});

describe("An agent's words", () => {
  it('are public and by a person', () => {
    expect(agentWords(replied({ comment: 'Hello' }, 'OUTBOUND'))).toBe('Hello');
    expect(agentWords(replied({ comment: 'Hello', author_role: 'bot' }, 'OUTBOUND'))).toBeNull();
    expect(agentWords(replied({ comment: 'Hello' }, 'INTERNAL'))).toBeNull();
    expect(agentWords(replied({ comment: 'Hello' }))).toBeNull();
  });
});

describe('Abusive words', () => {
  it('are found whole, in any case, and each once', () => {
    expect(abusiveWordsIn('You IDIOT. What an idiot!')).toEqual(['idiot']);
    expect(abusiveWordsIn('Halt die Klappe, du Arschloch')).toEqual(['arschloch', 'halt die klappe']);
    expect(abusiveWordsIn('nobody said anything')).toEqual([]);
  });

  it('are not found within other words', () => {
    expect(abusiveWordsIn('Scunthorpe, Penistone, shitake, Moby Dick, Bastardo (Umbria), cocktail, classic')).toEqual([]);
  });

  it('are seen through digits, stars and stretching', () => {
    expect(abusiveWordsIn('1d10t')).toEqual(['idiot']);
    expect(abusiveWordsIn('f**k')).toEqual(['fuck']);
    expect(abusiveWordsIn('fuuuuck')).toEqual(['fuck']);
    expect(abusiveWordsIn('@$$h0le')).toEqual(['asshole']);
    expect(abusiveWordsIn('call 1337 or 5417 ** ****')).toEqual([]);
  });
});
