import type { Json } from '../../src/kernel/json';
import { compileSegments } from '../../src/segments/compileSegments';
import { evaluateSegments } from '../../src/segments/evaluateSegments';
import type { Subject } from '../../src/segments/subject';
import { eventKey, trackedEventKey } from '../../src/segments/trackedEventKey';
import { trackedEventOf } from '../../src/segments/trackedEventsOf';
import { computedTrait, DAY, eventMap, eventsAt, NOW, segment, spec, subject } from './builders';

const VISITS = computedTrait('visits', { aggregate: 'count', event: { kind: 'SIGNED_IN' } });
const SPENT = computedTrait('spent', { aggregate: 'sum', event: { kind: 'ORDER_PLACED' }, property: 'total' });
const [SEARCHED, ORDERED] = [spec('SEARCHED'), spec('ORDER_PLACED')];
const KEYS: Readonly<Record<string, string>> = {
  [eventKey(SEARCHED)]: 'searches',
  [eventKey(ORDERED)]: 'orders',
  [trackedEventKey(trackedEventOf(VISITS))]: 'visits',
  [trackedEventKey(trackedEventOf(SPENT))]: 'spent',
};
const [SEARCHES, ORDERS] = [{ event: { kind: 'SEARCHED' } }, { event: { kind: 'ORDER_PLACED' } }];
const PRO = { trait: 'plan', op: 'eq', value: 'pro' };

function heeded(json: Json, of: Subject): readonly string[] {
  const found = evaluateSegments(compileSegments([segment('it', json)], [VISITS, SPENT]), of, NOW).heeded;
  return [...found].map((key) => KEYS[key] ?? key).sort();
}

const searching = (times: number, before = DAY) =>
  subject({ traits: { plan: 'pro' }, events: eventMap([SEARCHED, eventsAt(...Array(times).fill(NOW - before))]) });

describe('the events that a profile heeds', () => {
  it.each<[string, Json, number, string[]]>([
    ['too few for at least', { ...SEARCHES, count: { op: 'gte', value: 3 } }, 2, ['searches']],
    ['enough for at least', { ...SEARCHES, count: { op: 'gte', value: 3 } }, 3, []],
    ['not too many for at most', { ...SEARCHES, count: { op: 'lte', value: 2 } }, 2, ['searches']],
    ['too many for at most', { ...SEARCHES, count: { op: 'lte', value: 2 } }, 3, []],
    ['as many as asked for', { ...SEARCHES, count: { op: 'eq', value: 2 } }, 2, ['searches']],
    ['more than asked for', { ...SEARCHES, count: { op: 'eq', value: 2 } }, 3, []],
    ['too few in the window', { ...SEARCHES, within: '12h' }, 9, ['searches']],
  ])('are those of a count while there are %s', (_, condition, times, keys) => {
    expect(heeded(condition, searching(times))).toEqual(keys);
  });

  it('are those without which a sequence can not be there, and none of one that is there', () => {
    const sequence = { sequence: [{ kind: 'SEARCHED' }, { kind: 'ORDER_PLACED' }], within: '7d' };
    expect(heeded(sequence, searching(1))).toEqual(['orders']);
    expect(heeded(sequence, subject())).toEqual(['searches']);
    expect(heeded(sequence, searching(1, 8 * DAY))).toEqual(['searches']);
    const turnedRound = subject({ events: eventMap([SEARCHED, eventsAt(NOW - DAY)], [ORDERED, eventsAt(NOW - 2 * DAY)]) });
    expect(heeded(sequence, turnedRound)).toEqual(['orders', 'searches']);
    const there = subject({ events: eventMap([SEARCHED, eventsAt(NOW - 2 * DAY)], [ORDERED, eventsAt(NOW - DAY)]) });
    expect(heeded(sequence, there)).toEqual([]);
  });

  it('are of computed traits what they are counted from, until a count is past what is asked for', () => {
    const visiting = (value: number) => subject({ computed: { visits: { value, nextAtMs: null }, spent: { value, nextAtMs: null } } });
    const visits = { computed: 'visits', op: 'gt', value: 4 };
    expect([4, 5].map((value) => heeded(visits, visiting(value)))).toEqual([['visits'], []]);
    expect(heeded({ computed: 'visits', op: 'eq', value: 4 }, visiting(5))).toEqual(['visits']);
    expect(heeded({ computed: 'spent', op: 'gt', value: 4 }, visiting(5))).toEqual(['spent']);
  });

  it('are not those of conditions that something else decides', () => {
    expect(heeded({ all: [PRO, SEARCHES] }, subject())).toEqual([]);
    expect(heeded({ any: [PRO, SEARCHES] }, searching(0))).toEqual([]);
    expect(heeded({ not: { any: [PRO, SEARCHES] } }, searching(0))).toEqual([]);
    expect(heeded({ any: [SEARCHES, ORDERS] }, searching(1))).toEqual([]);
    expect(heeded({ any: [SEARCHES, ORDERS] }, subject())).toEqual(['orders', 'searches']);
  });

  it('are of those that decide the ones of whatever does so for the longest', () => {
    const soonOver = { ...SEARCHES, within: '25h' };
    expect(heeded({ any: [soonOver, { ...ORDERS, count: { op: 'lt', value: 9 } }] }, searching(1))).toEqual(['orders']);
  });

  it('are none of measures, which are followed when they are evaluated, and daily', () => {
    expect(heeded({ measure: 'orders', op: 'gte', value: 1 }, subject())).toEqual([]);
    expect(heeded({ measure: 'health', op: 'gte', value: 50 }, subject())).toEqual([]);
  });
});
