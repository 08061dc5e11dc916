import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { z } from 'zod';

/** How far an import has come: everything before is answered for, and what of it was refused is in the report. */
export interface ImportState {
  readonly rows: number;
  readonly refused: Readonly<Record<string, number>>;
  readonly reportBytes: number;
}

export const NOTHING_DONE: ImportState = { rows: 0, refused: {}, reportBytes: 0 };

const whole = z.number().int().nonnegative();
const STORED = z.object({ fingerprint: z.string(), rows: whole, refused: z.record(z.string(), whole), reportBytes: whole });

/**
 * A small file beside the input, so that an import that broke off goes on where it was. It counts only for the same content sent to the
 * same place in the same way, which is what `fingerprint` says. Without it everything is sent again, and dropped by the server as known.
 */
export class StateFile {
  constructor(
    readonly path: string,
    private readonly fingerprint: string,
  ) {}

  load(): ImportState {
    if (!existsSync(this.path)) return NOTHING_DONE;
    const stored = STORED.safeParse(parsed(readFileSync(this.path, 'utf8')));
    return stored.success && stored.data.fingerprint === this.fingerprint ? stored.data : NOTHING_DONE;
  }

  /** In one step, so that a break leaves either the old or the new. */
  save(state: ImportState): void {
    writeFileSync(`${this.path}.new`, `${JSON.stringify({ fingerprint: this.fingerprint, ...state })}\n`);
    renameSync(`${this.path}.new`, this.path);
  }

  remove(): void {
    rmSync(this.path, { force: true });
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
