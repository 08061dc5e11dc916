import { Candidates } from '../../identity/matching/candidates';
import type { MatchModel } from '../../identity/matching/matchModel';
import { RecordTableBuilder } from '../../identity/matching/recordTable';
import { trainModel } from '../../identity/matching/trainModel';
import { MATCH_FIELDS } from '../../profile/matchTexts';

/** Learns a model from profiles, each its texts in the order of `MATCH_FIELDS`. Takes seconds, in which nothing else runs. */
export function trainOnTexts(records: readonly (readonly string[])[]): MatchModel {
  const builder = new RecordTableBuilder(MATCH_FIELDS, records.length);
  for (const columns of records) builder.add(columns, '');
  const table = builder.build();
  return trainModel(table, new Candidates(table)).model;
}
