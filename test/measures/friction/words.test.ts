import type { Fact } from '../../../src/measures/fact';
import { DAY_MS, factory, found, HOUR_MS, MINUTE_MS, MONDAY_MS, SECOND_MS } from './history';

const make = factory();
const says = (id: string, atMs: number, comment: string, ticket: string | null = '1') =>
  make({ kind: 'CONVERSATION_REPLIED', id, ticket, atMs, channel: 'CHAT', properties: { comment } });
const agent = (id: string, atMs: number, comment: string) =>
  make({
    kind: 'CONVERSATION_REPLIED',
    id,
    ticket: '1',
    atMs,
    direction: 'OUTBOUND',
    channel: 'CHAT',
    properties: { comment, agent_name: 'Sam' },
  });
const bot = (id: string, atMs: number) =>
  make({ kind: 'BOT_REPLIED', id, ticket: '1', atMs, channel: 'CHAT', properties: { message_body: 'Try again' } });
const opened = make({ kind: 'CONVERSATION_OPENED', id: 'open', ticket: '1', channel: 'CHAT' });
const solved = (atMs: number) => make({ kind: 'CONVERSATION_SOLVED', id: 'solved', ticket: '1', atMs, channel: 'CHAT' });

describe('Negative sentiment', () => {
  it('is found in words at or below -0.5 and lasts until the customer is positive again', () => {
    const facts = [opened, says('bad', 1, 'This is horrible, I hate it'), says('good', HOUR_MS, 'Now it works great, I am happy')];
    expect(found('NEGATIVE_SENTIMENT', facts.slice(0, 2), DAY_MS)).toMatchObject([{ key: 'NEGATIVE_SENTIMENT/bad', resolvedAtMs: null }]);
    expect(found('NEGATIVE_SENTIMENT', facts, DAY_MS)).toMatchObject([{ resolvedAtMs: MONDAY_MS + HOUR_MS }]);
  });

  it('is one sign for all that is said until then', () => {
    const facts = [opened, says('a', 1, 'This is horrible, I hate it'), says('b', 2, 'Terrible, awful, the worst!')];
    expect(found('NEGATIVE_SENTIMENT', facts, DAY_MS)).toMatchObject([{ evidence: ['a', 'b'], severity: 'HIGH' }]);
  });

  it('is found where the tone falls by 0.6 to below nothing, inside one conversation', () => {
    const fall = [opened, says('a', 1, 'I love this great shop'), says('b', 2, 'Now I am a little annoyed')];
    expect(found('NEGATIVE_SENTIMENT', fall, DAY_MS)).toMatchObject([{ key: 'NEGATIVE_SENTIMENT/b', severity: 'LOW' }]);
    const plain = [opened, says('a', 1, 'I love this great shop'), says('b', 2, 'The number is 1042')];
    expect(found('NEGATIVE_SENTIMENT', plain, DAY_MS)).toEqual([]);
    const elsewhere = [says('a', 1, 'I love this great shop', '1'), says('b', 2, 'Now I am a little annoyed', '2')];
    expect(found('NEGATIVE_SENTIMENT', elsewhere, DAY_MS)).toEqual([]);
  });

  it('ends with the solution of its conversation', () => {
    expect(found('NEGATIVE_SENTIMENT', [opened, says('bad', 1, 'This is horrible'), solved(HOUR_MS)], DAY_MS)).toMatchObject([
      { resolvedAtMs: MONDAY_MS + HOUR_MS },
    ]);
  });

  it('is found in reviews and survey comments, not in what agents say or in a language without a lexicon', () => {
    const review = make({ kind: 'REVIEW_POSTED', id: 'review', properties: { comment: 'Horrible quality, terrible service' } });
    expect(found('NEGATIVE_SENTIMENT', [review], DAY_MS)).toHaveLength(1);
    const german = says('de', 1, 'Das ist eine Katastrophe und ich bin sehr unzufrieden');
    expect(found('NEGATIVE_SENTIMENT', [opened, german, agent('a', 2, 'A horrible, terrible bug')], DAY_MS)).toEqual([]);
  });
});

describe('A rude agent', () => {
  it('uses abusive words, which is HIGH, or harsh ones', () => {
    expect(found('RUDE_AGENT', [agent('a', 1, 'Only an idiot would ask that.')], DAY_MS)).toMatchObject([
      { severity: 'HIGH', message: 'Sam used abusive words' },
    ]);
    expect(found('RUDE_AGENT', [agent('a', 1, 'You are stupid and your question is horrible.')], DAY_MS)).toMatchObject([
      { severity: 'MEDIUM' },
    ]);
  });

  it('is not one who is sorry for something bad', () => {
    expect(found('RUDE_AGENT', [agent('a', 1, 'I am so sorry for this horrible failure. We will repair it.')], DAY_MS)).toEqual([]);
  });

  it('is not a customer, nor who writes a note', () => {
    const note = make({
      kind: 'CONVERSATION_REPLIED',
      ticket: '1',
      direction: 'INTERNAL',
      properties: { comment: 'What an idiot', public: false },
    });
    expect(found('RUDE_AGENT', [says('c', 1, 'You idiot'), note], DAY_MS)).toEqual([]);
  });
});

describe('A bot loop', () => {
  const loop = [opened, bot('b1', 1), says('c1', 2, 'No'), bot('b2', 3), says('c2', 4, 'No!'), bot('b3', 5)];

  it('is the third reply of a bot in a row', () => {
    expect(found('BOT_LOOP', loop.slice(0, -1), DAY_MS)).toEqual([]);
    expect(found('BOT_LOOP', loop, DAY_MS)).toMatchObject([{ key: 'BOT_LOOP/b1', detectedAtMs: MONDAY_MS + 5, resolvedAtMs: null }]);
  });

  it('is over with the hand-off; replies before and after one are not in a row', () => {
    const handOff = (atMs: number) => make({ kind: 'BOT_HANDED_OFF', id: 'handed', ticket: '1', atMs, channel: 'CHAT' });
    expect(found('BOT_LOOP', [...loop, handOff(MINUTE_MS)], DAY_MS)).toMatchObject([{ resolvedAtMs: MONDAY_MS + MINUTE_MS }]);
    expect(found('BOT_LOOP', [...loop, handOff(4)], DAY_MS)).toEqual([]);
  });

  it.each([
    'I want to talk to a human',
    'Ich möchte mit einem Menschen sprechen',
    'Je veux parler à un conseiller',
    'Quiero hablar con una persona',
    'agent please',
  ])('is a request for a person that is not heard for two minutes: %s', (request) => {
    const asked: Fact[] = [opened, bot('b1', 1), says('ask', SECOND_MS, request)];
    expect(found('BOT_LOOP', asked, 2 * MINUTE_MS)).toEqual([]);
    expect(found('BOT_LOOP', asked, 2 * MINUTE_MS + SECOND_MS)).toMatchObject([{ severity: 'HIGH', evidence: ['b1', 'ask'] }]);
    expect(found('BOT_LOOP', [...asked, agent('a', MINUTE_MS, 'Hello, Sam here')], DAY_MS)).toEqual([]);
  });

  it('is none where somebody only mentions a person', () => {
    expect(found('BOT_LOOP', [opened, bot('b1', 1), says('c', 2, 'The agent at the door was kind')], DAY_MS)).toEqual([]);
  });
});
