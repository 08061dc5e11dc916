import { PAIR_CLASSES } from '../../../src/identity/matching/matchModel';
import { readModel, writeModel } from '../../../src/identity/matching/modelJson';
import { PairComparer } from '../../../src/identity/matching/pairComparison';
import { priorModel } from '../../../src/identity/matching/priorModel';
import { MATCH_FIELDS } from '../../../src/profile/matchTexts';

const model = priorModel(MATCH_FIELDS, 10);
const comparer = new PairComparer(model);
const probability = (one: readonly string[], other: readonly string[]) =>
  comparer.compare(comparer.recordOf(one), comparer.recordOf(other)).probability;

const ADA = ['Ada', 'Lovelace', '1985-12-10', 'ada@example.com', '', '12 Analytical Lane', 'W1A 1AA', 'London', '', ''];
const instead = (changes: Readonly<Record<number, string>>) => ADA.map((text, index) => changes[index] ?? text);

it('has probabilities that add up to one, in every class', () => {
  for (const { levels } of model.fields) {
    for (const pairClass of PAIR_CLASSES) expect(levels.reduce((sum, level) => sum + level[pairClass], 0)).toBeCloseTo(1, 9);
  }
  expect(PAIR_CLASSES.reduce((sum, pairClass) => sum + model.classes[pairClass], 0)).toBeCloseTo(1, 9);
});

it('knows one person in spite of slips, and two of one household by their given names', () => {
  expect(probability(ADA, instead({ 1: 'Lovelase', 3: 'al1815@mail.test' }))).toBeGreaterThan(0.95);
  expect(probability(ADA, instead({ 0: 'William', 2: '1981-02-21', 3: 'w@example.com' }))).toBeLessThan(0.1);
  expect(probability(instead({ 2: '' }), instead({ 0: 'William', 2: '' }))).toBeLessThan(0.3);
  expect(probability(ADA, ['Charles', 'Babbage', '1971-12-26', '', '', '', '', 'London', '', ''])).toBeLessThan(0.001);
});

it('does not take a name alone for a person', () => {
  expect(probability(['Ada', 'Lovelace', '', '', '', '', '', '', '', ''], ADA)).toBeLessThan(0.8);
});

it('is the same after it was stored', () => {
  expect(readModel(writeModel(model))).toEqual(model);
});
