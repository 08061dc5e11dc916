import { shareOfValue } from './anyTwoPeople';
import type { Candidates } from './candidates';
import { type Estimate, estimate } from './estimate';
import { seededRandom } from './hash';
import type { FieldModel, MatchModel } from './matchModel';
import { PairLevels } from './pairLevels';
import { PatternCounts } from './patterns';
import type { FieldColumn, RecordTable } from './recordTable';
import { measureReliability } from './reliability';

/** So many pairs are drawn at random to stand for those that no rule finds: some a record, up to a number that is always enough. */
const SAMPLED_PAIRS_A_RECORD = 20;
const MOST_SAMPLED_PAIRS = 200_000;
/** So many candidates, about, are counted; of more, every n-th. */
const COUNTED_CANDIDATES = 1_000_000;
const SEED = 20_000_627;

export interface TrainedModel {
  readonly model: MatchModel;
  readonly estimate: Estimate;
}

/** Learns a model from the records themselves, without labels. */
export function trainModel(table: RecordTable, candidates: Candidates): TrainedModel {
  const fields = table.columns.map(({ field }) => field);
  const patterns = countPatterns(table, candidates).toList();
  const reliability = measureReliability(fields, patterns);
  const result = estimate({ fields, patterns, records: table.size, reliability });
  const models = table.columns.map((column, index) => fieldModel(column, result.levels[index] ?? []));
  return { model: { fields: models, classes: result.classes, swapped: result.swapped, reliability }, estimate: result };
}

/** All pairs by pattern: the candidates, and a sample of the others scaled to all of them. */
export function countPatterns(table: RecordTable, candidates: Candidates): PatternCounts {
  const patterns = new PatternCounts();
  const pairLevels = new PairLevels(table);
  const levels = new Uint8Array(pairLevels.width);
  const step = Math.ceil(candidates.mostPairs() / COUNTED_CANDIDATES);
  let found = 0;
  candidates.visitPairs((one, other) => {
    if (found++ % step !== 0) return;
    pairLevels.compare(one, other, levels);
    patterns.add(levels, step);
  });
  const others = (table.size * (table.size - 1)) / 2 - found;
  const sample = samplePairs(table, candidates);
  for (const [one, other] of sample) {
    pairLevels.compare(one, other, levels);
    patterns.add(levels, others / sample.length);
  }
  return patterns;
}

function samplePairs(table: RecordTable, candidates: Candidates): [number, number][] {
  const random = seededRandom(SEED);
  const pairs: [number, number][] = [];
  const draws = Math.min(MOST_SAMPLED_PAIRS, table.size * Math.min(SAMPLED_PAIRS_A_RECORD, table.size - 1));
  for (let draw = 0; draw < draws; draw++) {
    const one = Math.floor(random() * table.size);
    const other = Math.floor(random() * table.size);
    if (one !== other && !candidates.holds(one, other)) pairs.push([one, other]);
  }
  return pairs;
}

function fieldModel({ field, values, counts, known }: FieldColumn, levels: FieldModel['levels']): FieldModel {
  const agreement = levels[0]?.random ?? 1;
  const frequencies = new Map<string, number>();
  for (const [value, count] of counts.entries()) {
    const text = values[value]?.text;
    if (count > 1 && text !== undefined) frequencies.set(text, shareOfValue(count, known, agreement));
  }
  return { field, levels, frequencies, rarest: shareOfValue(1, known, agreement) };
}
