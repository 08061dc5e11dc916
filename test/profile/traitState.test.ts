import fc from 'fast-check';
import type { JsonObject } from '../../src/kernel/json';
import {
  combineTraitStates,
  decodeTraitState,
  encodeTraitState,
  RECENT_VALUES,
  type TraitState,
  traitStateOf,
} from '../../src/profile/traitState';

/** As it comes out of a JSON text: there is no -0. */
const anyJson = fc.jsonValue({ maxDepth: 1 }).map((value) => JSON.parse(JSON.stringify(value)));

const saying = fc.record({
  traits: fc.dictionary(
    fc.constantFrom('plan', 'name', 'tags', '__proto__'),
    fc.oneof(fc.constantFrom('a', 'b', 'c', null, 1, 2), anyJson),
  ),
  sourceId: fc.integer({ min: 1, max: 3 }),
  messageId: fc.constantFrom('m1', 'm2', 'm3', 'm4', 'm5'),
  atMs: fc.integer({ min: 0, max: 30 }),
});
const states = fc
  .array(saying, { maxLength: 30 })
  .map((sayings) => sayings.map(({ traits, ...said }) => traitStateOf(traits as JsonObject, said)));

const text = (state: TraitState) => Object.entries(state).sort(([a], [b]) => (a < b ? -1 : 1));

describe('trait states', () => {
  it('combine to the same state in any order', () => {
    fc.assert(
      fc.property(states, fc.infiniteStream(fc.nat()), (said, chance) => {
        const shuffled = [...said].sort(() => (chance.next().value as number) - 1_000_000_000);
        expect(text(combineTraitStates(shuffled))).toEqual(text(combineTraitStates(said)));
      }),
    );
  });

  it('combine to the same state in any grouping', () => {
    fc.assert(
      fc.property(states, fc.nat(30), (said, at) => {
        const grouped = combineTraitStates([combineTraitStates(said.slice(0, at)), combineTraitStates(said.slice(at))]);
        expect(text(grouped)).toEqual(text(combineTraitStates(said)));
      }),
    );
  });

  it('say no more when the same is said again', () => {
    fc.assert(
      fc.property(states, (said) => {
        expect(text(combineTraitStates([...said, ...said]))).toEqual(text(combineTraitStates(said)));
      }),
    );
  });

  it('survive being stored', () => {
    fc.assert(
      fc.property(states, (said) => {
        const state = combineTraitStates(said);
        expect(text(decodeTraitState(encodeTraitState(state)))).toEqual(text(state));
      }),
    );
  });

  it('keep the most recent values, the very first and the last of each source, however many were said', () => {
    const said = Array.from({ length: 50 }, (_, n) =>
      traitStateOf({ score: n }, { sourceId: n === 3 ? 2 : 1, messageId: `m${n}`, atMs: n }),
    );
    const history = combineTraitStates(said).score;
    expect(history?.recent.map((trait) => trait.value)).toEqual(Array.from({ length: RECENT_VALUES }, (_, n) => 49 - n));
    expect(history?.first.value).toBe(0);
    expect(history?.bySource.map((trait) => [trait.sourceId, trait.value])).toEqual([
      [1, 49],
      [2, 3],
    ]);
  });

  it('take the larger message id where two were said at the same time', () => {
    const said = ['b', 'a'].map((messageId) => traitStateOf({ plan: messageId }, { sourceId: 1, messageId, atMs: 7 }));
    expect(combineTraitStates(said).plan?.recent[0]?.value).toBe('b');
  });

  it('hold a trait called __proto__ as a trait like any other', () => {
    const state = traitStateOf(JSON.parse('{"__proto__": {"admin": true}}'), { sourceId: 1, messageId: 'm', atMs: 1 });
    const stored = decodeTraitState(encodeTraitState(combineTraitStates([state, state])));
    expect(Object.keys(stored)).toEqual(['__proto__']);
    expect(({} as Record<string, unknown>).admin).toBeUndefined();
  });
});
