import fc from 'fast-check';
import {
  combineTraitStates,
  decodeTraitState,
  encodeTraitState,
  latestStored,
  latestValues,
  traitStateOf,
} from '../../src/profile/traitState';

const said = fc.record({ sourceId: fc.integer({ min: 1, max: 3 }), atMs: fc.nat({ max: 5 }), messageId: fc.constantFrom('a', 'b', 'c') });
const traits = fc.dictionary(fc.constantFrom('plan', 'city', '__proto__'), fc.constantFrom('x', 'y', null, 7), { noNullPrototype: false });
const state = fc.tuple(traits, said).map(([own, by]) => traitStateOf(own, by));

it('says of each trait what combining all states and decoding everything says', () => {
  fc.assert(
    fc.property(fc.array(fc.array(state, { minLength: 1, maxLength: 3 }).map(combineTraitStates), { maxLength: 3 }), (states) => {
      const stored = states.map(encodeTraitState);
      const latest = latestValues(combineTraitStates(stored.map(decodeTraitState)));
      const parsed = stored.map((text) => JSON.parse(text) as object);
      for (const key of ['plan', 'city', '__proto__', 'nobody said it']) {
        expect(latestStored(parsed, key)).toEqual(Object.hasOwn(latest, key) ? latest[key] : undefined);
      }
    }),
  );
});
