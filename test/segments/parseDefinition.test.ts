import type { Json } from '../../src/kernel/json';
import { Refusal } from '../../src/kernel/refusals';
import { parseComputedTrait } from '../../src/segments/parseComputedTrait';
import { parseDefinition } from '../../src/segments/parseDefinition';
import { DAY, HOUR } from './builders';

/** The message of the refusal; fails where there is none. */
function refusal(parse: () => unknown): string {
  try {
    parse();
  } catch (error) {
    if (error instanceof Refusal && error.code === 'SEGMENT_INVALID') return error.message;
    throw error;
  }
  throw new Error('Nothing was refused.');
}

const faultsOf = (json: Json) => refusal(() => parseDefinition(json));
const conditionOf = (json: Json) => parseDefinition(json).condition;
const trait = { trait: 'plan', op: 'exists' };

describe('a definition', () => {
  it('may be one condition, or a group of them, and is kept as it was given', () => {
    const json = { trait: 'address.city', op: 'eq', value: 'Köln' };
    const condition = { type: 'trait', path: ['address', 'city'], comparison: { op: 'eq', value: 'Köln' } };
    expect(parseDefinition(json)).toEqual({ condition, json });
    expect(conditionOf({ not: { any: [json] } })).toEqual({ type: 'not', condition: { type: 'any', conditions: [condition] } });
    expect(conditionOf({ all: [] })).toEqual({ type: 'all', conditions: [] });
  });

  it('reads events with their windows, counts and properties', () => {
    const where = [{ property: 'cart.total', op: 'before', value: '2026-01-01' }];
    const json = {
      event: { kind: 'ORDER_PLACED', name: 'Order Completed', where },
      count: { op: 'lt', value: 0 },
      within: '2w',
      olderThan: '12h',
    };
    expect(conditionOf(json)).toEqual({
      type: 'event',
      event: {
        kind: 'ORDER_PLACED',
        name: 'Order Completed',
        where: [{ path: ['cart', 'total'], comparison: { op: 'before', moment: { atMs: Date.UTC(2026, 0, 1) } } }],
      },
      count: { op: 'lt', value: 0 },
      window: { withinMs: 14 * DAY, olderThanMs: 12 * HOUR },
    });
    expect(conditionOf({ sequence: [{ name: 'A' }, { kind: 'SEARCHED' }], within: '1d' })).toEqual({
      type: 'sequence',
      events: [
        { kind: null, name: 'A', where: [] },
        { kind: 'SEARCHED', name: null, where: [] },
      ],
      window: { withinMs: DAY, olderThanMs: null },
    });
    expect(conditionOf({ event: { name: 'A' } })).toMatchObject({
      count: { op: 'gte', value: 1 },
      window: { withinMs: null, olderThanMs: null },
    });
  });

  it('reads segments, consents, accounts, measures, computed traits and moments that move', () => {
    expect(conditionOf({ segment: 'vip' })).toEqual({ type: 'segment', key: 'vip' });
    expect(conditionOf({ consent: 'email' })).toEqual({ type: 'consent', purpose: 'email' });
    expect(conditionOf({ account: { externalId: true }, op: 'in', value: ['acme', 7] })).toEqual({
      type: 'account',
      path: null,
      comparison: { op: 'in', values: ['acme', 7] },
    });
    expect(conditionOf({ account: 'industry', op: 'exists', value: false })).toMatchObject({
      path: ['industry'],
      comparison: { value: false },
    });
    expect(conditionOf({ measure: 'lifecycleStage', op: 'eq', value: 'LOYAL' })).toMatchObject({ measure: 'lifecycleStage' });
    expect(conditionOf({ computed: 'c', op: 'exists' })).toEqual({ type: 'computed', key: 'c', comparison: { op: 'exists', value: true } });
    for (const [value, fromNowMs] of [
      ['now', 0],
      ['now-30d', -30 * DAY],
      ['now+12h', 12 * HOUR],
    ] as const) {
      expect(conditionOf({ trait: 't', op: 'after', value })).toMatchObject({ comparison: { op: 'after', moment: { fromNowMs } } });
    }
  });

  it('is refused with all its faults, each with its path', () => {
    const where = [{ property: 'a..b', op: 'after', value: 'now-1d', extra: 1 }];
    const message = faultsOf({
      all: [
        { trait: 'plan', op: 'equals', value: 'pro' },
        { any: [{ event: { kind: 'ORDER', where }, count: { op: 'gte', value: 1.5 }, within: '7d', olderThan: '1w' }] },
        { not: { measure: 'nps', op: 'gte', value: 9 } },
      ],
      limit: 3,
    });
    expect(message.split('. ').map((fault) => fault.split(':')[0])).toEqual([
      'limit',
      'all[0].op',
      'all[1].any[0].event.kind',
      'all[1].any[0].event.where[0].extra',
      'all[1].any[0].event.where[0].property',
      'all[1].any[0].event.where[0].value',
      'all[1].any[0].count.value',
      'all[1].any[0].olderThan',
      'all[2].not.measure',
    ]);
  });

  it.each<[Json, string]>([
    [null, 'definition: must be an object.'],
    [[], 'definition: must be an object.'],
    ['all', 'definition: must be an object.'],
    [{}, 'definition: must have one of all, any, not, trait,'],
    [{ trait: 'a', op: 'exists', segment: 'b' }, 'definition: has both trait and segment;'],
    [{ all: {} }, 'all: must be a list.'],
    [{ not: [] }, 'not: must be an object.'],
    [{ segment: '' }, 'segment: must not be empty.'],
    [{ consent: 7 }, 'consent: must be a text.'],
    [{ trait: '', op: 'exists' }, 'trait: must not be empty.'],
    [{ trait: 'a.b.c.d.e.f.g.h.i.j.k', op: 'exists' }, 'trait: must go at most 10 levels deep.'],
    [{ trait: 'a' }, 'op: must be one of eq, neq,'],
    [{ trait: 'a', op: 'eq' }, 'value: is missing.'],
    [{ trait: 'a', op: 'eq', value: null }, 'value: must be a text, a number, true or false; exists asks for what is there.'],
    [{ trait: 'a', op: 'eq', value: '\ud800' }, 'value: has characters that no text may have.'],
    [{ trait: 'a', op: 'eq', value: 'a\u0000' }, 'value: has characters that no text may have.'],
    [{ trait: 'a', op: 'eq', value: Infinity }, 'value: must be a number that a double can hold.'],
    [{ trait: 'a', op: 'gt', value: true }, 'value: must be a number or a text.'],
    [{ trait: 'a', op: 'in', value: [] }, 'value: must have 1 to 1000 items, and has 0.'],
    [{ trait: 'a', op: 'in', value: ['b', {}] }, 'value[1]: must be a text,'],
    [{ trait: 'a', op: 'startsWith', value: 1 }, 'value: must be a text.'],
    [{ trait: 'a', op: 'exists', value: 'yes' }, 'value: must be true or false'],
    [{ trait: 'a', op: 'before', value: '2026-02-30' }, 'value: must be a date or time such as'],
    [{ trait: 'a', op: 'before', value: 'now-1m' }, 'value: must be a date or time such as'],
    [{ measure: 'orders', op: 'contains', value: 'x' }, 'op: must be one of eq, neq, gt, gte, lt, lte, in, exists.'],
    [{ measure: 'orders', op: 'gt', value: '3' }, 'value: must be a number.'],
    [{ account: { externalId: false }, op: 'exists' }, 'account: must be a trait of accounts, or { "externalId": true }.'],
    [{ account: { name: true }, op: 'exists' }, 'account.name: is not one of externalId.'],
    [{ event: {} }, 'event: must have a kind or a name, or both.'],
    [{ event: { name: 'A' }, count: { op: 'gte', value: 10_000 } }, 'count.value: must be a whole number from 0 to 9999.'],
    [{ event: { name: 'A' }, count: { op: 'in', value: 1 } }, 'count.op: must be one of eq, neq, gt, gte, lt, lte.'],
    [{ event: { name: 'A' }, within: '0d' }, 'within: must be a time such as 12h, 30d or 2w, at most 3650d.'],
    [{ event: { name: 'A' }, within: '3651d' }, 'within: must be a time'],
    [{ event: { name: 'A' }, within: 30 }, 'within: must be a time'],
    [{ event: { name: 'A' }, within: '30D' }, 'within: must be a time'],
    [{ sequence: [{ name: 'A' }] }, 'sequence: must have 2 to 5 items, and has 1.'],
    [{ sequence: Array(6).fill({ name: 'A' }) }, 'sequence: must have 2 to 5 items, and has 6.'],
    [{ sequence: [{ name: 'A' }, {}], count: 2 }, 'count: is not one of sequence, within, olderThan. sequence[1]: must have a kind'],
    [JSON.parse('{"trait": "a", "op": "exists", "__proto__": {"value": 1}}'), '__proto__: is not one of trait, op, value.'],
    [JSON.parse('{"__proto__": {"segment": "a"}}'), 'definition: must have one of'],
    [{ trait: 'a', op: 'exists', 'a b]': 1 }, '["a b]"]: is not one of trait, op, value.'],
  ])('is refused: %j', (json, message) => {
    expect(faultsOf(json)).toContain(message);
  });

  it('nests ten levels and no deeper, however deep it is', () => {
    const nested = (levels: number): Json => (levels === 1 ? trait : { not: nested(levels - 1) });
    expect(() => parseDefinition(nested(10))).not.toThrow();
    expect(faultsOf(nested(11))).toBe(`${'not.'.repeat(10).slice(0, -1)}: lies deeper than 10 levels.`);
    expect(faultsOf(nested(1_000))).toContain('lies deeper than 10 levels.');
  });

  it('has a hundred conditions and no more, groups and properties counted', () => {
    expect(() => parseDefinition({ all: Array(99).fill(trait) })).not.toThrow();
    expect(faultsOf({ all: Array(100).fill(trait) })).toMatch(/^all\[99\]: is more than the 100 conditions [^:]*$/);
    expect(faultsOf({ any: Array(1_001).fill(trait) })).toBe('any: must have at most 1000 items, and has 1001.');
    const where = Array(99).fill({ property: 'a', op: 'exists' });
    expect(() => parseDefinition({ event: { name: 'A', where } })).not.toThrow();
    expect(faultsOf({ all: [{ event: { name: 'A', where } }] })).toContain('all[0].event: is more than the 100 conditions');
  });

  it('has texts of a thousand characters and lists of a thousand items', () => {
    expect(() => parseDefinition({ trait: 'a', op: 'in', value: Array(1_000).fill('a'.repeat(1_000)) })).not.toThrow();
    expect(faultsOf({ trait: 'a', op: 'in', value: Array(1_001).fill(1) })).toContain('and has 1001.');
    expect(faultsOf({ trait: 'a', op: 'eq', value: 'a'.repeat(1_001) })).toBe('value: must have at most 1000 characters.');
  });

  it('is told of the first twenty faults, and how many more there are', () => {
    const message = faultsOf({ all: Array(30).fill({ segment: '' }) });
    expect(message.match(/must not be empty/g)).toHaveLength(20);
    expect(message).toMatch(/ And 10 more\.$/);
  });
});

describe('a computed trait', () => {
  it('is an aggregate of events or of a property, of all times or a window', () => {
    expect(parseComputedTrait({ aggregate: 'sum', event: { kind: 'ORDER_PLACED' }, property: 'total.net', within: '30d' })).toEqual({
      aggregate: 'sum',
      event: { kind: 'ORDER_PLACED', name: null, where: [] },
      property: ['total', 'net'],
      withinMs: 30 * DAY,
    });
    expect(parseComputedTrait({ aggregate: 'count', event: { name: 'A' } })).toMatchObject({ property: null, withinMs: null });
    expect(parseComputedTrait({ aggregate: 'count', event: { name: 'A' }, property: 'a' })).toMatchObject({ property: ['a'] });
  });

  it.each<[Json, string]>([
    [7, 'definition: must be an object.'],
    [{ aggregate: 'sum', event: { name: 'A' } }, 'property: is missing.'],
    [
      { aggregate: 'median', event: {}, olderThan: '1d' },
      'olderThan: is not one of aggregate, event, property, within. aggregate: must be one of count, sum,',
    ],
    [{ aggregate: 'count' }, 'event: is missing.'],
    [{ aggregate: 'count', event: { name: 'A' }, within: '' }, 'within: must be a time'],
  ])('is refused: %j', (json, message) => {
    expect(refusal(() => parseComputedTrait(json))).toContain(message);
  });
});
