import type { Json } from '../../src/kernel/json';
import { resolveTraits, type SurvivorshipRules, traitValues } from '../../src/profile/survivorship';
import { combineTraitStates, traitStateOf, valueKey } from '../../src/profile/traitState';

const said = (value: Json, atMs: number, sourceId = 1) => traitStateOf({ plan: value }, { sourceId, messageId: `m${atMs}`, atMs });
const resolved = (states: ReturnType<typeof said>[], rules: SurvivorshipRules = {}, counts = {}) =>
  resolveTraits(combineTraitStates(states), rules, counts)[0];

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

  it('takes the value said most often by MOST_FREQUENT, and the later one of two said equally often', () => {
    const rules: SurvivorshipRules = { plan: { rule: 'MOST_FREQUENT' } };
    const states = [said('pro', 20), said('free', 10), said('basic', 15)];
    expect(resolved(states, rules, { plan: new Map([[valueKey('free'), 3]]) })?.value).toBe('free');
    const tied = new Map(['free', 'basic'].map((value) => [valueKey(value), 2]));
    expect(resolved(states, rules, { plan: tied })?.value).toBe('basic');
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
