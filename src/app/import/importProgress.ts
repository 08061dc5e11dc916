import type { ProgressBar } from '../demo/progressBar';
import type { ImportState, StateFile } from './importState';
import type { RefusedReport, RefusedRow } from './refusedReport';

/** How far an import has come: on the screen, in the report, and in the state file where there is one. */
export class ImportProgress {
  private state: ImportState;

  constructor(
    start: ImportState,
    private readonly ways: {
      readonly report: RefusedReport;
      readonly stateFile: StateFile | null;
      readonly bar: ProgressBar;
      /** How much of the file was read, from 0 to 1. */
      readonly fraction: () => number;
    },
  ) {
    this.state = start;
  }

  get rows(): number {
    return this.state.rows;
  }

  get refused(): Readonly<Record<string, number>> {
    return this.state.refused;
  }

  get refusedRows(): number {
    return Object.values(this.state.refused).reduce((sum, count) => sum + count, 0);
  }

  /** The report is written before the state, which says how much of it counts. */
  answered({ through, refused }: { readonly through: number; readonly refused: readonly RefusedRow[] }): void {
    const { report, stateFile, bar, fraction } = this.ways;
    const counts: Record<string, number> = { ...this.state.refused };
    for (const { code } of refused) counts[code] = (counts[code] ?? 0) + 1;
    this.state = { rows: through, refused: counts, reportBytes: report.add(refused) };
    stateFile?.save(this.state);
    bar.show(fraction(), `${through.toLocaleString('en')} rows, ${this.refusedRows.toLocaleString('en')} refused`);
  }

  /** A state that nobody will go on from is taken away. */
  end(isResumable: boolean): void {
    const { report, stateFile, bar } = this.ways;
    bar.end();
    report.close();
    if (!isResumable) stateFile?.remove();
  }
}
