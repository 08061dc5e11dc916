import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import { Refusal } from '../../kernel/refusals';
import type { LoadedTable } from './loadTable';

const LINES_A_WRITE = 10_000;

/** Writes record_id,cluster_id, each record once, in the file's order. A cluster is named after the first of its records. */
export async function writeClusters(path: string, { ids, lines }: LoadedTable, clusterOf: Int32Array): Promise<void> {
  const recordAtLine = new Int32Array(ids.length);
  for (const [record, line] of lines.entries()) recordAtLine[line] = record;
  const stream = createWriteStream(path);
  const done = finished(stream);
  try {
    let batch = ['record_id,cluster_id'];
    for (const record of recordAtLine) {
      batch.push(`${cell(ids[record] as string)},${cell(`c-${ids[clusterOf[record] as number]}`)}`);
      if (batch.length < LINES_A_WRITE) continue;
      if (!stream.write(`${batch.join('\n')}\n`)) await Promise.race([once(stream, 'drain'), done]);
      batch = [];
    }
    stream.end(batch.length > 0 ? `${batch.join('\n')}\n` : '');
    await done;
  } catch (error) {
    throw new Refusal('FILE_UNREADABLE', `${path} cannot be written: ${error instanceof Error ? error.message : error}.`);
  }
}

function cell(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
