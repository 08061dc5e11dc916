/** What a bar is drawn on: a terminal, or a file that only takes lines. */
export interface BarStream {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

export interface ProgressBar {
  /** `fraction` from 0 to 1, and what stands behind the bar. */
  show(fraction: number, note: string): void;
  /** Ends the line, so that what is printed next stands on its own. */
  end(): void;
}

const WIDTH = 30;

/** A bar that is drawn over itself on a terminal; anywhere else a line at every tenth of the way. */
export function progressBar(stream: BarStream, label: string): ProgressBar {
  return stream.isTTY ? drawnBar(stream, label) : linesInstead(stream, label);
}

function drawnBar(stream: BarStream, label: string): ProgressBar {
  let drawn = '';
  return {
    show(fraction, note) {
      const full = Math.round(WIDTH * clamped(fraction));
      const line = `${label} [${'█'.repeat(full)}${'░'.repeat(WIDTH - full)}] ${percent(fraction)} ${note}`;
      if (line === drawn) return;
      drawn = line;
      stream.write(`\r${line}\u001b[K`);
    },
    end() {
      if (drawn !== '') stream.write('\n');
    },
  };
}

function linesInstead(stream: BarStream, label: string): ProgressBar {
  let nextTenth = 1;
  return {
    show(fraction, note) {
      const tenth = Math.floor(clamped(fraction) * 10);
      if (tenth < nextTenth) return;
      nextTenth = tenth + 1;
      stream.write(`${label} ${percent(fraction)} ${note}\n`);
    },
    end() {
      nextTenth = Number.POSITIVE_INFINITY;
    },
  };
}

function percent(fraction: number): string {
  return `${Math.round(clamped(fraction) * 100)}%`;
}

function clamped(fraction: number): number {
  return Math.min(1, Math.max(0, fraction));
}
