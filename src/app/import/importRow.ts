import type { JsonObject } from '../../kernel/json';

/** Where a row stands in its file, both from 1: rows are counted without the header, lines with everything. */
export interface RowPlace {
  readonly row: number;
  readonly line: number;
}

/** One record as the file has it; the cells of a CSV are text. */
export interface ReadRow extends RowPlace {
  readonly record: JsonObject;
}

/** A row that can't be read; those after it can. */
export interface UnreadableRow extends RowPlace {
  readonly unreadable: string;
}

export type ImportRow = ReadRow | UnreadableRow;

/** The file as a whole, or all the rest of it, is no use; in words for who gave it. */
export class FileFault extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'FileFault';
  }
}
