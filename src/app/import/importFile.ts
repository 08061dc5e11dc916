import { createHash } from 'node:crypto';
import { addAbortSignal, type Readable } from 'node:stream';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { type BarStream, progressBar } from '../demo/progressBar';
import { type BatchDoor, sendBatch } from '../sendBatch';
import { ColumnTargets, ownIdType } from './columnTargets';
import { fileRows } from './fileRows';
import { hashOfFile, openFile } from './fileText';
import type { ImportFlags } from './importFlags';
import { ImportProgress } from './importProgress';
import { FileFault, type ImportRow } from './importRow';
import { NOTHING_DONE, StateFile } from './importState';
import { RefusedReport } from './refusedReport';
import { sendRows } from './sendRows';
import { sourceKey } from './sourceKey';
import { isMessage, toMessage } from './toMessage';

export interface ImportSurroundings {
  /** Standard input, for an import without a file. */
  readonly input: Readable;
  /** Where progress is shown. */
  readonly terminal: BarStream;
  readonly signal: AbortSignal;
  readonly sleep: BatchDoor['sleep'];
}

export interface ImportOutcome {
  /** All that are answered for, also by the part of an import that went before. */
  readonly rows: number;
  /** How many, by code. */
  readonly refused: Readonly<Record<string, number>>;
  /** Where they are listed; null where there are none. */
  readonly report: string | null;
  /** Why the rest was not taken; null where all of it was. */
  readonly fault: string | null;
  /** Whether the same command goes on after these rows. */
  readonly resumable: boolean;
}

const gzipped = promisify(gzip);
/** Rows looked at before the columns are shown: in NDJSON each may bring new ones. */
const ROWS_LOOKED_AT = 20;

/** One import from beginning to end; throws FileFault for what can't be begun. Safe to repeat: what was taken before is not taken twice. */
export async function importFile(flags: ImportFlags, surroundings: ImportSurroundings): Promise<ImportOutcome> {
  const { terminal, signal, sleep } = surroundings;
  const say = (line: string): void => void terminal.write(`${line}\n`);
  const opened = openRows(flags, surroundings);
  const targets = new ColumnTargets({ mapped: flags.mapped, idColumn: flags.idColumn, ownIdType: ownIdType(flags.source) });
  const looked = await lookedAt(opened.rows, targets);
  for (const [column, target] of targets.shown()) say(`  ${column} → ${target}`);
  if (flags.dryRun) return { rows: 0, refused: {}, report: null, fault: looked.fault, resumable: false };
  const writeKey = flags.writeKey ?? (await sourceKey({ ...flags, say }));
  const progress = await progressOf(flags, terminal, opened.fraction);
  if (progress.rows > 0) say(`${progress.rows.toLocaleString('en')} rows were answered for already; going on after them.`);
  const door: BatchDoor = { baseUrl: flags.url, sleep, signal };
  const sending = sendRows(looked.rows, {
    skip: progress.rows,
    toMessage: (row) => toMessage(row, targets),
    send: async (messages) => sendBatch(door, writeKey, await gzipped(JSON.stringify({ batch: messages }), { level: 3 })),
    onAnswered: (answered) => progress.answered(answered),
    signal,
  });
  return ended(flags, progress, await failureOf(sending), signal);
}

function openRows(flags: ImportFlags, { input, signal }: ImportSurroundings) {
  const { stream, totalBytes } = flags.file === null ? { stream: input, totalBytes: null } : openFile(flags.file);
  let bytes = 0;
  const onBytes = (more: number): void => {
    bytes += more;
  };
  return {
    rows: fileRows(addAbortSignal(signal, stream), { ...flags, fileName: flags.file, onBytes }),
    fraction: () => (totalBytes === null ? 0 : bytes / Math.max(1, totalBytes)),
  };
}

/** What a broken file holds is no better the next time; what could not be sent may be. */
function ended(flags: ImportFlags, progress: ImportProgress, failure: Error | null, signal: AbortSignal): ImportOutcome {
  const resumable = failure !== null && !(failure instanceof FileFault) && flags.file !== null;
  progress.end(resumable);
  return {
    rows: progress.rows,
    refused: progress.refused,
    report: progress.refusedRows > 0 ? reportPath(flags) : null,
    fault: failure && reasonOf(failure, signal),
    resumable,
  };
}

/** Reads the first rows for the columns in them; they come first in `rows` again. What is wrong with the file is found again there. */
async function lookedAt(
  rows: AsyncGenerator<ImportRow>,
  targets: ColumnTargets,
): Promise<{ readonly rows: AsyncIterable<ImportRow>; readonly fault: string | null }> {
  const first: ImportRow[] = [];
  let failure: Error | null = null;
  try {
    for (let next = await rows.next(); !next.done; next = await rows.next()) {
      first.push(next.value);
      if ('record' in next.value && !isMessage(next.value.record)) for (const column of Object.keys(next.value.record)) targets.of(column);
      if (first.length >= ROWS_LOOKED_AT) break;
    }
  } catch (error) {
    if (!(error instanceof FileFault)) throw error;
    failure = error;
  }
  if (failure !== null && first.length === 0) throw failure;
  return { rows: startingWith(first, failure, rows), fault: failure?.message ?? null };
}

async function* startingWith(
  first: readonly ImportRow[],
  failure: Error | null,
  rest: AsyncIterable<ImportRow>,
): AsyncGenerator<ImportRow> {
  yield* first;
  if (failure !== null) throw failure;
  yield* rest;
}

async function progressOf(flags: ImportFlags, terminal: BarStream, fraction: () => number): Promise<ImportProgress> {
  const stateFile = flags.file === null ? null : new StateFile(`${flags.file}.import.json`, await fingerprintOf(flags, flags.file));
  const start = stateFile?.load() ?? NOTHING_DONE;
  const report = new RefusedReport(reportPath(flags), start.reportBytes);
  return new ImportProgress(start, { report, stateFile, bar: progressBar(terminal, flags.source), fraction });
}

/** The same content, read in the same way and sent to the same place. */
async function fingerprintOf(flags: ImportFlags, file: string): Promise<string> {
  const { source, url, mapped, idColumn, columns, delimiter, encoding, format } = flags;
  const way = [source, url, [...mapped], idColumn, columns, delimiter, encoding, format, reportPath(flags)];
  return createHash('sha256')
    .update(`${await hashOfFile(file)}\n${JSON.stringify(way)}`)
    .digest('hex');
}

function reportPath({ report, file }: ImportFlags): string {
  return report ?? `${file ?? 'import'}.refused.csv`;
}

function failureOf(work: Promise<void>): Promise<Error | null> {
  return work.then(
    () => null,
    (error: unknown) => (error instanceof Error ? error : new Error(String(error))),
  );
}

function reasonOf(failure: Error, signal: AbortSignal): string {
  return signal.aborted ? 'It was interrupted.' : failure.message;
}
