import { Chance } from '../../../bench/matching/chance';
import { historicalPeople } from '../../../bench/matching/historical';
import { blockingKeys, blockingRulesFor } from '../../../src/identity/matching/blockingKeys';
import { Candidates } from '../../../src/identity/matching/candidates';
import { readModel, writeModel } from '../../../src/identity/matching/modelJson';
import { PairComparer } from '../../../src/identity/matching/pairComparison';
import type { Role } from '../../../src/identity/matching/roles';
import { TableWeights } from '../../../src/identity/matching/tableWeights';
import { trainModel } from '../../../src/identity/matching/trainModel';
import { tableOf } from './tableOf';

const ROLES: readonly Role[] = ['otherNames', 'givenName', 'surname', 'birthDate', 'place', 'postcode', 'gender', 'text'];
const { rows } = historicalPeople(600, new Chance(3));
const records = rows.map(({ values }) => values);
const table = tableOf(ROLES, records);
const candidates = new Candidates(table);
const { model } = trainModel(table, candidates);
const comparer = new PairComparer(readModel(writeModel(model)));
const single = records.map((record) => comparer.recordOf(record));

describe('a pair compared on its own', () => {
  it('weighs and contradicts as in the bulk run, either way round', () => {
    const weights = new TableWeights(table, model);
    let [compared, swapped] = [0, 0];
    candidates.visitPairs((one, other) => {
      const weight = weights.weigh(one, other);
      const comparison = comparer.compare(single[one]!, single[other]!);
      expect(comparison.weight).toBeCloseTo(weight, 9);
      expect(comparison.contradiction).toBe(weights.contradiction());
      expect(comparer.compare(single[other]!, single[one]!).weight).toBeCloseTo(weight, 9);
      expect(weights.weigh(other, one)).toBeCloseTo(weight, 9);
      compared++;
      if (comparison.nameOrder < -1) swapped++;
    });
    expect(compared).toBeGreaterThan(1000);
    expect(swapped).toBeGreaterThan(0);
  });

  it('gives reasons that add up to its weight', () => {
    const { weight, probability, prior, nameOrder, sharedSurroundings, reasons } = comparer.compare(single[0]!, single[1]!);
    const sum = reasons.reduce((total, { matchWeight }) => total + matchWeight, prior + nameOrder + sharedSurroundings);
    expect(sum).toBeCloseTo(weight, 9);
    expect(probability).toBeCloseTo(2 ** weight / (1 + 2 ** weight), 9);
    expect(reasons.map(({ field }) => field)).toEqual(ROLES);
  });

  it('takes what is missing for neither agreement nor disagreement', () => {
    const empty = comparer.recordOf([]);
    const { reasons, weight, prior } = comparer.compare(empty, single[0]!);
    for (const { level, matchWeight, left } of reasons)
      expect({ level, matchWeight, left }).toEqual({ level: 'unknown', matchWeight: 0, left: null });
    expect(weight).toBeLessThanOrEqual(prior);
  });

  it('is found by its keys wherever the bulk run finds it', () => {
    const rules = blockingRulesFor(table.columns.map(({ field }) => field));
    const keys = single.map((record) => new Set(blockingKeys(rules, record)));
    candidates.visitPairs((one, other) => {
      expect([...keys[one]!].some((key) => keys[other]!.has(key))).toBe(true);
    });
  });

  it('has the same keys for swapped names', () => {
    const swapped = comparer.recordOf(['', 'Lovelace', 'Ada', '1815-12-10']);
    const straight = new Set(comparer.keysOf(comparer.recordOf(['', 'Ada', 'Lovelace', '1815-12-10'])));
    expect(comparer.keysOf(swapped).filter((key) => straight.has(key)).length).toBeGreaterThan(1);
  });
});
