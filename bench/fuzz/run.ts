import { writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { newDataDir, removeDataDir } from '../faults/dataDir';
import { freePort, StartedSystem } from '../faults/startedSystem';
import { areBalanced, booksOf } from './books';
import { Fuzzing, type FuzzReport } from './fuzzing';
import { prepareTarget } from './fuzzTarget';
import { HeapProbe, slopeOf } from './heap';

/**
 * npm run fuzz -- --inputs 100000 --seed 1: starts everything as `npm start` does and sends nonsense, everywhere. Ends with 1 where an answer was a fault of
 * the server, where a process ended or logged a bug, where a message that was answered is nowhere, or the inbox never got empty.
 */
const LOOKS = 20;
/** Of the heap of the API after collecting garbage, from the middle of the run on. */
const MOST_GROWTH_BYTES = 200_000;
const SETTLE_MS = 300_000;

const { values } = parseArgs({
  options: {
    inputs: { type: 'string', default: '10000' },
    seed: { type: 'string', default: '1' },
    /** Sends the input of this number alone. */
    only: { type: 'string' },
    /** A file to write all faults to, as JSON. */
    findings: { type: 'string' },
  },
});
const range =
  values.only === undefined ? { from: 0, to: Number(values.inputs) } : { from: Number(values.only), to: Number(values.only) + 1 };

void fuzz(Number(values.seed)).then((isGood) => process.exit(isGood ? 0 : 1));

async function fuzz(seed: number): Promise<boolean> {
  const dataDir = newDataDir();
  const port = await freePort();
  const system = await StartedSystem.spawn(dataDir, port, { NODE_OPTIONS: '--inspect-port=0', WORKER_PROCESSES: '1' }).ready();
  try {
    const { apiKey, writeKey } = system;
    const prepared = await prepareTarget({ address: `http://127.0.0.1:${port}`, apiKey, writeKey });
    const processes = () => [...system.children('apiProcess'), ...system.children('ingestion')];
    const before = processes();
    const probe = await HeapProbe.open(before[0] as number, () => system.said);
    const heap: { sent: number; bytes: number }[] = [];
    const startedAt = Date.now();
    const every = Math.max(1, Math.floor((range.to - range.from) / LOOKS));
    const report = await Fuzzing.run(prepared.target, {
      seed,
      ...range,
      sparedIds: prepared.sparedIds,
      onSent: async (sent) => {
        if (sent % every !== 0) return;
        const bytes = await probe.usedBytes();
        heap.push({ sent, bytes });
        const besides = `typed arrays ${megabytes(await probe.bufferBytes())} MB`;
        console.log(`${sent} inputs, ${Math.round((Date.now() - startedAt) / 1000)} s, heap ${megabytes(bytes)} MB, ${besides}`);
      },
    });
    probe.close();
    const tookS = (Date.now() - startedAt) / 1000;
    await settled(system);
    const books = await booksOf(report.answered, (statement, given) => system.rows(statement, given));
    const isSame = String(processes()) === String(before);
    const bugs = system.said.split('\n').filter((line) => /"level":[56]0/.test(line));
    const growth = slopeOf(heap);
    tell(report, tookS);
    console.table(books);
    console.log(`heap of the API after collecting garbage: ${megabytes(growth)} MB more per 1,000 inputs in the second half`);
    console.log(isSame ? 'No process ended.' : 'A PROCESS ENDED.');
    console.log(`${bugs.length} bugs were logged`);
    if (values.findings !== undefined) writeFileSync(values.findings, JSON.stringify({ findings: report.findings, bugs }, null, 1));
    return report.findings.length === 0 && areBalanced(books) && isSame && bugs.length === 0 && growth < MOST_GROWTH_BYTES;
  } finally {
    system.process.kill('SIGTERM');
    console.log(`stopped with exit code ${await system.ended()}`);
    removeDataDir(dataDir);
  }
}

async function settled(system: StartedSystem): Promise<void> {
  const startedAt = Date.now();
  const waiting = async () => (await system.ask<{ left: number }>('select count(*)::int as left from inbox')).left;
  while ((await waiting()) > 0 && Date.now() - startedAt < SETTLE_MS) await sleep(250);
  console.log(`the inbox was empty ${((Date.now() - startedAt) / 1000).toFixed(1)} s after the last input`);
}

function tell({ sent, findings, answers, codes, patience }: FuzzReport, tookS: number): void {
  console.log(`${sent} inputs within ${tookS.toFixed(0)} s (${Math.round(sent / tookS)} a second)`);
  console.log(
    [...answers]
      .sort()
      .map(([answer, times]) => `${answer}: ${times}`)
      .join(', '),
  );
  console.log(
    [...codes]
      .sort(([, one], [, other]) => other - one)
      .map(([code, times]) => `${code}: ${times}`)
      .join(', '),
  );
  if (patience.size > 0) console.table([...patience].map(([what, times]) => ({ what, times })));
  console.log(`${findings.length} faults`);
  for (const { index, kind, fault, input, answer } of findings.slice(0, 20))
    console.log(`--- ${index} ${kind}: ${fault}\n${input}\n=> ${answer}`);
}

function megabytes(bytes: number): string {
  return (bytes / 2 ** 20).toFixed(3);
}
