import type { Json } from '../../src/kernel/json';
import { type MostSaid, mostFrequentTraits, resolveTraits, type SurvivorshipRules, traitValues } from '../../src/profile/survivorship';
import { combineTraitStates, traitStateOf } from '../../src/profile/traitState';

const said = (value: Json, atMs: number, sourceId = 1) => traitStateOf({ plan: value }, { sourceId, messageId: `m${atMs}`, atMs });
const resolved = (states: ReturnType<typeof said>[], rules: SurvivorshipRules = {}, mostSaid: MostSaid = {}) =>
  resolveTraits(combineTraitStates(states), rules, mostSaid)[0];

describe('survivorship', () => {
  it('takes the most recent by occurrence where nothing else is configured, and shows what lost', () => {
    const trait = resolved([said('pro', 20), said('free', 10), said('basic', 15)]);
    expect(trait?.value).toBe('pro');
    expect(trait?.alternatives.map((other) => other.value)).toEqual(['basic', 'free']);
  });

  it('takes what was said first by FIRST_SEEN', () => {
    expect(resolved([said('pro', 20), said('free', 10)], { plan: { rule: 'FIRST_SEEN' } })?.value).toBe('free');
  });

  it('takes the last word of the most trusted source by SOURCE_PRIORITY, and the most recent where none of them spoke', () => {
    const rules: SurvivorshipRules = { plan: { rule: 'SOURCE_PRIORITY', sources: [2, 3] } };
    expect(resolved([said('pro', 20, 1), said('free', 10, 3), said('basic', 5, 2)], rules)?.value).toBe('basic');
    expect(resolved([said('pro', 20, 1), said('free', 10, 4)], rules)?.value).toBe('pro');
  });

  it('takes the value said most often by MOST_FREQUENT, though it is none of those said last', () => {
    const rules: SurvivorshipRules = { plan: { rule: 'MOST_FREQUENT' }, size: { rule: 'FIRST_SEEN' } };
    const free = { value: 'free', sourceId: 3, atMs: 1, messageId: 'm1' };
    const trait = resolved([said('pro', 20), said('basic', 15)], rules, { plan: free });
    expect(trait).toMatchObject({ value: 'free', rule: 'MOST_FREQUENT', observed: free });
    expect(trait?.alternatives.map((other) => other.value)).toEqual(['pro', 'basic']);
    expect(mostFrequentTraits(rules)).toEqual(['plan']);
  });

  it('takes a trait away by MOST_FREQUENT where that was said most often', () => {
    const away = { value: null, sourceId: 1, atMs: 1, messageId: 'm1' };
    expect(resolved([said('pro', 20)], { plan: { rule: 'MOST_FREQUENT' } }, { plan: away })).toBeUndefined();
  });

  it('gathers the elements of lists and single values once by UNION, in the order first said', () => {
    const rules: SurvivorshipRules = { plan: { rule: 'UNION' } };
    expect(resolved([said(['b', 'c'], 20), said(['a', 'b'], 10), said('d', 15)], rules)?.value).toEqual(['a', 'b', 'd', 'c']);
  });

  it('leaves out a trait that was taken away', () => {
    expect(resolved([said('pro', 10), said(null, 20)])).toBeUndefined();
    expect(resolved([said(null, 10), said('pro', 20)])?.value).toBe('pro');
  });

  it('does not take a rule from the prototype of the rules', () => {
    const state = traitStateOf(JSON.parse('{"constructor": 1, "toString": 2}'), { sourceId: 1, messageId: 'm', atMs: 1 });
    expect({ ...traitValues(resolveTraits(state, {})) }).toEqual({ constructor: 1, toString: 2 });
  });
});
