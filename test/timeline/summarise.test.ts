import fc from 'fast-check';
import type { JsonObject } from '../../src/kernel/json';
import { INTERACTION_KINDS } from '../../src/kernel/vocabulary';
import { summarise } from '../../src/timeline/summarise';
import { moneyText } from '../../src/timeline/summary/moneyText';
import { plainText } from '../../src/timeline/summary/plainText';
import { toInteraction } from '../../src/timeline/toInteraction';
import { aMessage, STOREFRONT, tracked } from './messages';
import { TOLD } from './summaries';

const line = (name: string, properties: JsonObject = {}) => summarise(tracked(name, properties));

describe('a summary', () => {
  it.each(TOLD)('of %s with %j reads: %s', (name, properties, expected) => {
    expect(line(name, properties)).toBe(expected);
  });

  it('of pages, screens, identify, group and alias reads like the others', () => {
    const of = (parts: Parameters<typeof aMessage>[0]) => summarise(toInteraction(aMessage(parts), STOREFRONT));
    expect(of({ call: 'page', name: 'Pricing', properties: { path: '/pricing' } })).toBe('Page “Pricing” viewed, /pricing.');
    expect(of({ call: 'page', properties: { title: 'Home', url: 'https://www.example.com/' } })).toBe(
      'Page “Home” viewed, https://www.example.com/.',
    );
    expect(of({ call: 'screen', name: 'Brew Timer' })).toBe('Screen “Brew Timer” viewed.');
    expect(of({ call: 'identify', traits: { email: 'ada@example.com', plan: 'pro' } })).toBe('Identified: email, plan.');
    expect(of({ call: 'group', groupId: 'acct_123' })).toBe('Joined account acct_123.');
    expect(of({ call: 'group', groupId: 'acct_123', traits: { name: 'Initech' } })).toBe('Joined “Initech”.');
    expect(of({ call: 'alias', previousId: 'old' })).toBe('Two ids declared the same customer.');
    expect(of({ call: 'identify', context: { merged: true } })).toBe('Two contacts merged into one.');
  });

  it('names the traits that were given, never their values', () => {
    const facts = toInteraction(aMessage({ call: 'identify', traits: { email: 'ada@example.com', phone: '+1 415 555 0132' } }), STOREFRONT);
    expect(summarise(facts)).not.toMatch(/ada|415/);
  });

  it('ends as its own words end', () => {
    expect(line('Feedback Given', { comment: 'Why so slow?' })).toBe('Feedback given on the web, “Why so slow?”');
  });

  it('has one line, no controls and no marks that turn the reading direction', () => {
    expect(line('Feedback Given', { comment: 'a\u0000b\r\nc\u202Ed\u2028e' })).toBe('Feedback given on the web, “a b c d e”.');
  });

  it('says nothing of what an object inherits', () => {
    expect(line('Products Searched', JSON.parse('{"__proto__": {"query": "x"}}'))).toBe('Searched.');
  });

  it('is there for every kind without any properties', () => {
    for (const kind of INTERACTION_KINDS) {
      const text = summarise({ kind, name: 'Thing Happened', properties: {}, subject: null, channel: 'WEB', direction: 'INBOUND' });
      expect(text).toMatch(/^\p{Lu}.*[^ ]\.$/u);
      expect(text).not.toMatch(/ {2}|undefined|null|\[object|“”|, ,/);
    }
  });
});

describe('text', () => {
  it('is cut between graphemes and never inside an emoji or an accent', () => {
    expect(plainText('👩‍👩‍👧‍👦👩‍👩‍👧‍👦', 15)).toBe('👩‍👩‍👧‍👦…');
    expect(plainText('e\u0301e\u0301e\u0301', 4)).toBe('e\u0301…');
    expect(plainText('short', 5)).toBe('short');
  });

  it('has no lone surrogates', () => {
    expect(plainText('a\ud800b', 10)).toBe('a\ufffdb');
    expect(plainText('\udfff'.repeat(100), 10)).not.toMatch(/\p{Surrogate}/u);
  });
});

describe('money', () => {
  it.each([
    [59.9, 'EUR', '59.90 EUR'],
    ['59.90', 'eur', '59.90 EUR'],
    [0.1 + 0.2, 'USD', '0.30 USD'],
    [500, 'JPY', '500 JPY'],
    [1.5, 'KWD', '1.500 KWD'],
    ['0.125', 'USD', '0.125 USD'],
    ['123456789012345678901234.56', 'USD', '123456789012345678901234.56 USD'],
    [1e21, 'USD', '1000000000000000000000.00 USD'],
    [0.0000001, 'USD', '0.0000001 USD'],
    [-12.5, 'USD', '-12.50 USD'],
    [59.9, undefined, '59.90'],
    [30, undefined, '30'],
    [30, '$', '30'],
    ['59,90', 'EUR', ''],
    ['free', 'EUR', ''],
    [Number.NaN, 'EUR', ''],
    [null, 'EUR', ''],
    [{ amount: 5 }, 'EUR', ''],
  ])('%p %p is %p', (amount, currency, expected) => {
    expect(moneyText(amount, currency)).toBe(expected);
  });

  it('of any whole number of cents is exactly those cents', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10 ** 13 }), (cents) => {
        const expected = `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')} EUR`;
        expect(moneyText(cents / 100, 'EUR')).toBe(expected);
      }),
    );
  });
});

it('never throws, whatever the properties hold, and stays one short line', () => {
  const keys = [
    'products',
    'total',
    'currency',
    'name',
    'query',
    'score',
    'subject',
    'message_body',
    'campaign',
    'duration',
    'email_subject',
    'plan',
  ];
  const properties = fc.dictionary(
    fc.oneof(fc.constantFrom(...keys), fc.string()),
    fc.oneof(fc.jsonValue(), fc.string({ unit: 'binary', maxLength: 400 }), fc.double()),
  );
  const told = fc.record({
    kind: fc.constantFrom(...INTERACTION_KINDS),
    name: fc.string({ unit: 'binary' }),
    properties: properties as fc.Arbitrary<JsonObject>,
    subject: fc.option(fc.record({ type: fc.constantFrom('order', 'ticket', 'x'), externalId: fc.string({ unit: 'binary' }) })),
    channel: fc.constantFrom('WEB' as const, 'EMAIL' as const, 'API' as const),
    direction: fc.constantFrom('INBOUND' as const, 'OUTBOUND' as const, 'INTERNAL' as const),
  });
  fc.assert(
    fc.property(told, (interaction) => {
      const text = summarise(interaction);
      expect(text.length).toBeGreaterThan(1);
      expect(text.length).toBeLessThanOrEqual(240);
      expect(text).not.toMatch(/[\p{Cc}\p{Surrogate}\u2028\u2029]/u);
    }),
    { numRuns: 2_000 },
  );
});
