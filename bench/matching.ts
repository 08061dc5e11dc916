import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { generate, type Kind } from './matching/generate';
import { readCsvPairs, scorePairs } from './matching/score';

/**
 * `npm run bench -- matching`: makes people, matches them with the very command that users run, and prints how well (against the truth, which the matcher
 * never sees), how long and with how much memory. BENCH_MATCHING names other runs, such as `customers:1000000,households:50000`.
 */
const RUNS =
  process.env['BENCH_MATCHING'] ?? 'historical:50000,households:50000,registers:50000,customers:10000,customers:50000,customers:200000';
const MAIN = join(__dirname, '..', 'src', 'app', 'match', 'main.js');

async function main(): Promise<void> {
  for (const run of RUNS.split(',')) {
    const [kind = '', records = ''] = run.split(':');
    await measure(kind as Kind, Number(records));
  }
}

async function measure(kind: Kind, records: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'throughline-bench-'));
  try {
    await generate(kind, records, folder);
    const [out, report] = [join(folder, 'clusters.csv'), join(folder, 'report.html')];
    const startedAtMs = performance.now();
    const matching = spawnSync(
      '/usr/bin/time',
      ['-f', '%M %U', process.execPath, MAIN, join(folder, 'records.csv'), '--out', out, '--report', report],
      {
        encoding: 'utf8',
      },
    );
    const seconds = (performance.now() - startedAtMs) / 1000;
    if (matching.status !== 0) throw new Error(matching.stderr);
    const [peakKb = 0, cpuSeconds = 0] = (matching.stderr.trim().split('\n').at(-1) ?? '').split(' ').map(Number);
    const { precision, recall, f1 } = scorePairs(readCsvPairs(out), readCsvPairs(join(folder, 'truth.csv')));
    console.log(
      `${kind} ${records}: ${seconds.toFixed(1)} s (${cpuSeconds} s of CPU), peak ${Math.round(peakKb / 1024)} MB, precision ${precision.toFixed(4)}, ` +
        `recall ${recall.toFixed(4)}, F1 ${f1.toFixed(4)}; report ${Math.round(statSync(report).size / 1024)} KB, load ${loadavg()[0]?.toFixed(1)}`,
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

void main();
