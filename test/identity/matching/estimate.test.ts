import fc from 'fast-check';
import { Chance } from '../../../bench/matching/chance';
import { households } from '../../../bench/matching/households';
import { Candidates } from '../../../src/identity/matching/candidates';
import { estimate } from '../../../src/identity/matching/estimate';
import { NO_LEVEL } from '../../../src/identity/matching/pairLevels';
import { PatternCounts } from '../../../src/identity/matching/patterns';
import { trainModel } from '../../../src/identity/matching/trainModel';
import { fieldsFor, tableOf } from './tableOf';

const RELIABILITY = { givenName: true, birthDate: true };

jest.setTimeout(60_000);

describe('the estimation', () => {
  it('never makes the data less probable from one round to the next', () => {
    const fields = fieldsFor(['givenName', 'surname', 'birthDate', 'place']);
    const levels = fc.tuple(
      fc.constantFrom(0, 1, 2, 5, NO_LEVEL),
      fc.constantFrom(0, 2, 5, NO_LEVEL),
      fc.constantFrom(0, 1, 3, 6, NO_LEVEL),
      fc.constantFrom(0, 3, NO_LEVEL),
      fc.constantFrom(0, 1, NO_LEVEL),
    );
    const counted = fc.array(fc.tuple(levels, fc.integer({ min: 1, max: 5000 })), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(counted, fc.integer({ min: 2, max: 5000 }), (pairs, records) => {
        const patterns = new PatternCounts();
        for (const [pattern, count] of pairs) patterns.add(Uint8Array.from(pattern), count);
        const { logLikelihoods } = estimate({ fields, patterns: patterns.toList(), records, reliability: RELIABILITY });
        for (const [round, value] of logLikelihoods.entries()) {
          expect(value).toBeGreaterThanOrEqual((logLikelihoods[round - 1] ?? value) - 1e-6 * Math.abs(value));
        }
      }),
      { numRuns: 50 },
    );
  });

  it('tells matches from relatives in data made of households, and knows how often names of one person differ', () => {
    const { rows } = households(2000, new Chance(7));
    const table = tableOf(
      ['givenName', 'surname', 'birthDate', 'address', 'place', 'postcode', 'phone', 'email'],
      rows.map(({ values }) => values),
    );
    const { model } = trainModel(table, new Candidates(table));
    const [given, , born] = model.fields;
    expect(given?.levels.at(-1)?.match).toBeLessThan(0.1);
    expect(given?.levels.at(-1)?.household).toBeGreaterThan(0.8);
    expect(born?.levels[0]?.match).toBeGreaterThan(0.8);
    const matches = (model.classes.match * rows.length * (rows.length - 1)) / 2;
    expect(matches).toBeGreaterThan(600);
    expect(matches).toBeLessThan(1300);
  });
});
