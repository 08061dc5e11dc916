import { closeSync, ftruncateSync, openSync, writeSync } from 'node:fs';
import type { RowPlace } from './importRow';

/** A row that did not become a message, and why. */
export interface RefusedRow extends RowPlace {
  readonly code: string;
  readonly reason: string;
}

const HEADER = 'row,line,code,reason\n';

/** A CSV of what was refused, in the order of the file. Does not exist before there is something in it. */
export class RefusedReport {
  private file: number | null = null;

  /** `bytes`: how much of what is there already stays; it was written by the part of an import that went before. */
  constructor(
    readonly path: string,
    private bytes: number,
  ) {}

  /** Answers how many bytes it has now. */
  add(rows: readonly RefusedRow[]): number {
    if (rows.length === 0) return this.bytes;
    this.file ??= this.open();
    const text = rows.map(({ row, line, code, reason }) => `${row},${line},${code},${quoted(reason)}\n`).join('');
    this.bytes += writeSync(this.file, this.bytes === 0 ? HEADER + text : text, this.bytes);
    return this.bytes;
  }

  close(): void {
    if (this.file !== null) closeSync(this.file);
    this.file = null;
  }

  private open(): number {
    const file = openSync(this.path, this.bytes === 0 ? 'w' : 'r+');
    ftruncateSync(file, this.bytes);
    return file;
  }
}

/** A reason may quote what a client sent: in one line, and not as a formula for who opens it in a spreadsheet. */
function quoted(reason: string): string {
  const line = reason.replace(/\s+/g, ' ').replace(/^[=+\-@]/, "'$&");
  return `"${line.replaceAll('"', '""')}"`;
}
