import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CsvSnapshot } from '../../bulk/csvSnapshot';
import { type MatchOutcome, matchTable } from '../../identity/matching/matchTable';
import { Refusal } from '../../kernel/refusals';
import { loadTable } from './loadTable';
import type { MatchFlags } from './matchFlags';
import { type ColumnPlan, planColumns } from './planColumns';
import { renderReport } from './report/renderReport';
import { writeClusters } from './writeClusters';

/** What the run tells while it works. */
export type Say = (line: string) => void;

/** Matches a file's records and writes the clusters and the report. */
export async function matchFile(flags: MatchFlags, say: Say): Promise<MatchOutcome> {
  const scratch = await mkdtemp(join(tmpdir(), 'throughline-match-'));
  try {
    say(`reading ${flags.file}`);
    const snapshot = await CsvSnapshot.open(flags.file, scratch);
    try {
      return await matchSnapshot(snapshot, flags, say);
    } finally {
      snapshot.close();
    }
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

async function matchSnapshot(snapshot: CsvSnapshot, flags: MatchFlags, say: Say): Promise<MatchOutcome> {
  if (snapshot.records === 0) throw new Refusal('FILE_EMPTY', `${flags.file} has a header and no records.`);
  const plan = planColumns(await snapshot.sketch(), flags);
  for (const line of describePlan(snapshot.header, plan)) say(line);
  const loaded = await loadTable(snapshot, plan);
  const outcome = matchTable(loaded.table, flags, say);
  await writeClusters(flags.out, loaded, outcome.clustering.clusterOf);
  const html = renderReport({ file: flags.file, header: snapshot.header, plan, loaded, outcome, flags });
  await writeFile(flags.report, html).catch((error: Error) => {
    throw new Refusal('FILE_UNREADABLE', `${flags.report} cannot be written: ${error.message}.`);
  });
  return outcome;
}

function describePlan(header: readonly string[], plan: ColumnPlan): readonly string[] {
  const width = Math.max(...header.map((name) => name.length));
  const columns = header.map((name, index) => `  ${name.padEnd(width)}  ${plan.uses[index]}`);
  const id = plan.id === undefined ? ['  no column of record ids: the number of the row, from 1, is the id'] : [];
  return ['columns, as named or guessed (--map COLUMN=ROLE overrules):', ...columns, ...id];
}
