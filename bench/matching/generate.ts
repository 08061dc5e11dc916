import { createWriteStream, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { Chance } from './chance';
import type { DataSet } from './dataSet';
import { historicalPeople } from './historical';
import { households } from './households';
import { customers, twoRegisters } from './registers';

export const KINDS = {
  historical: historicalPeople,
  worn: (records: number, chance: Chance) => historicalPeople(records, chance, 1.6),
  households,
  registers: twoRegisters,
  customers,
} as const;
export type Kind = keyof typeof KINDS;

/** Writes records.csv and truth.csv of made-up people into a folder. */
export async function generate(kind: Kind, records: number, folder: string, seed = 1): Promise<void> {
  const dataSet = KINDS[kind](records, new Chance(seed));
  mkdirSync(folder, { recursive: true });
  await writeLines(join(folder, 'records.csv'), recordLines(dataSet));
  await writeLines(join(folder, 'truth.csv'), truthLines(dataSet));
}

function* recordLines({ header, rows }: DataSet): Generator<string> {
  yield ['record_id', ...header].join(',');
  for (const [index, { values }] of rows.entries()) yield [recordId(index), ...values].join(',');
}

function* truthLines({ rows }: DataSet): Generator<string> {
  yield 'record_id,cluster_id';
  for (const [index, { person }] of rows.entries()) yield `${recordId(index)},${person}`;
}

function recordId(index: number): string {
  return `r${String(index).padStart(7, '0')}`;
}

async function writeLines(file: string, lines: Generator<string>): Promise<void> {
  const stream = createWriteStream(file);
  let batch: string[] = [];
  for (const line of lines) {
    batch.push(line);
    if (batch.length < 10_000) continue;
    stream.write(`${batch.join('\n')}\n`);
    batch = [];
  }
  stream.end(batch.length > 0 ? `${batch.join('\n')}\n` : '');
  await finished(stream);
}
