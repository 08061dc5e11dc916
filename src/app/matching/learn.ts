import { Candidates } from '../../identity/matching/candidates';
import type { MatchModel } from '../../identity/matching/matchModel';
import { type RecordTable, RecordTableBuilder } from '../../identity/matching/recordTable';
import { SourceTally } from '../../identity/matching/soleSources';
import { TableWeights } from '../../identity/matching/tableWeights';
import { trainModel } from '../../identity/matching/trainModel';
import { MATCH_FIELDS } from '../../profile/matchTexts';
import type { TrainingRecord } from './comparableProfile';

/** Log2 of the odds from which on two profiles count as one person when it is measured which sources hold somebody twice: as probable as not. */
const LINK_WEIGHT = 0;

/** What is learnt of a workspace's profiles. */
export interface Learnt {
  readonly model: MatchModel;
  /** Sources that hold nobody twice, by ascending id. */
  readonly soleSourceIds: readonly number[];
}

/** Learns from profiles. Takes seconds, in which nothing else runs. */
export function learn(records: readonly TrainingRecord[]): Learnt {
  const builder = new RecordTableBuilder(MATCH_FIELDS, records.length);
  for (const { texts } of records) builder.add(texts, '');
  const table = builder.build();
  const candidates = new Candidates(table);
  const { model } = trainModel(table, candidates);
  return { model, soleSourceIds: soleSourcesOf(records, { table, candidates, model }) };
}

function soleSourcesOf(
  records: readonly TrainingRecord[],
  { table, candidates, model }: { readonly table: RecordTable; readonly candidates: Candidates; readonly model: MatchModel },
): number[] {
  const tally = new SourceTally();
  const weights = new TableWeights(table, model);
  const sourcesAt = (record: number) => records[record]?.sourceIds ?? [];
  for (const { sourceIds } of records) tally.addRecord(sourceIds);
  candidates.visitPairs((one, other) => {
    const isLink = weights.weigh(one, other) >= LINK_WEIGHT && weights.contradiction() === undefined;
    if (isLink) tally.addLink(sourcesAt(one), sourcesAt(other));
  });
  return [...tally.soleSources()].sort((one, other) => one - other);
}
