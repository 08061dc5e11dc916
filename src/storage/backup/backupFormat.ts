import { Refusal } from '../../kernel/refusals';
import type { BackupSequence, BackupTable } from './backupTables';

/**
 * A backup, under gzip: the first line says what it is, then come the tables, each a line of JSON and its rows as PostgreSQL's COPY writes them in text, in
 * pieces that are led by their length (4 bytes, big-endian) and ended by a length of zero, and a last line that says that it is whole.
 */
export const BACKUP_FORMAT = 'throughline-backup';
const FORMAT_VERSION = 1;
const LONGEST_LINE = 10_000_000;
/** More than COPY ever hands over at once. */
const LONGEST_PIECE = 1_100_000_000;
const LENGTH_BYTES = 4;
const NEWLINE = 10;

export interface BackupHead {
  readonly format: typeof BACKUP_FORMAT;
  readonly version: number;
  /** Names, in the order in which they were run. */
  readonly migrations: readonly string[];
  readonly createdAt: string;
}

export interface BackupEnd {
  readonly end: true;
  readonly tables: number;
  readonly sequences: readonly BackupSequence[];
}

export function backupHead(migrations: readonly string[], nowMs: number): BackupHead {
  return { format: BACKUP_FORMAT, version: FORMAT_VERSION, migrations, createdAt: new Date(nowMs).toISOString() };
}

export function lineOf(part: BackupHead | BackupTable | BackupEnd): Buffer {
  return Buffer.from(`${JSON.stringify(part)}\n`);
}

/** `piece` as it stands in a backup; of none, the end of a table. */
export function framed(piece: Buffer | null): Buffer {
  const length = Buffer.alloc(LENGTH_BYTES);
  length.writeUInt32BE(piece?.length ?? 0);
  return piece === null ? length : Buffer.concat([length, piece]);
}

/** Reads a backup from its start to its end. Whatever is not as it should be is the refusal BACKUP_BROKEN. */
export class BackupReader {
  private buffered: Buffer = Buffer.alloc(0);

  /** `chunks`: the file, decompressed. */
  constructor(private readonly chunks: AsyncIterator<Buffer>) {}

  async head(): Promise<BackupHead> {
    const head = (await this.line()) as Partial<BackupHead>;
    if (head.format !== BACKUP_FORMAT || head.version !== FORMAT_VERSION || !Array.isArray(head.migrations)) throw broken();
    return head as BackupHead;
  }

  /** The next table, whose pieces are to be read then; or the end. */
  async next(): Promise<BackupTable | BackupEnd> {
    const part = (await this.line()) as Partial<BackupTable & BackupEnd>;
    if (part.end === true && Array.isArray(part.sequences)) return part as BackupEnd;
    if (typeof part.table !== 'string' || !Array.isArray(part.columns)) throw broken();
    return part as BackupTable;
  }

  async *pieces(): AsyncGenerator<Buffer> {
    for (;;) {
      const length = (await this.take(LENGTH_BYTES)).readUInt32BE();
      if (length === 0) return;
      if (length > LONGEST_PIECE) throw broken();
      yield await this.take(length);
    }
  }

  private async line(): Promise<unknown> {
    let end = this.buffered.indexOf(NEWLINE);
    while (end < 0) {
      if (this.buffered.length > LONGEST_LINE) throw broken();
      await this.more();
      end = this.buffered.indexOf(NEWLINE);
    }
    const text = this.buffered.subarray(0, end).toString('utf8');
    this.buffered = this.buffered.subarray(end + 1);
    try {
      const parsed: unknown = JSON.parse(text);
      if (typeof parsed === 'object' && parsed !== null) return parsed;
    } catch {
      // What is no JSON is no backup.
    }
    throw broken();
  }

  private async take(bytes: number): Promise<Buffer> {
    while (this.buffered.length < bytes) await this.more();
    const taken = this.buffered.subarray(0, bytes);
    this.buffered = this.buffered.subarray(bytes);
    return taken;
  }

  private async more(): Promise<void> {
    const { done, value } = await this.chunks.next().catch((error: unknown) => {
      throw isOfZlib(error) ? broken() : error;
    });
    if (done) throw broken();
    this.buffered = this.buffered.length === 0 ? value : Buffer.concat([this.buffered, value]);
  }
}

function isOfZlib(error: unknown): boolean {
  return /^Z_/.test(String((error as { readonly code?: unknown } | null)?.code));
}

function broken(): Refusal {
  return new Refusal('BACKUP_BROKEN');
}
