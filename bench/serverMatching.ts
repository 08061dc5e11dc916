import { randomUUID } from 'node:crypto';
import { changeMatchSettings } from '../src/app/matching/changeMatchSettings';
import { learnInThread } from '../src/app/matching/learnInThread';
import { Matching } from '../src/app/matching/matching';
import { ModelTraining } from '../src/app/matching/modelTraining';
import { newUuidV7 } from '../src/kernel/uuid';
import { withBenchDatabase } from './database';
import { LaneOnTap } from './laneOnTap';
import { Chance } from './matching/chance';
import { customers } from './matching/registers';

/**
 * How long the first round takes over BENCH_PROFILES profiles (20,000) that were there before matching was switched on, with a model learnt from them
 * first: `npm run bench -- serverMatching`.
 */
const PROFILES = Number(process.env['BENCH_PROFILES'] ?? 20_000);

void withBenchDatabase(async (url, owner) => {
  const tap = await LaneOnTap.open(url);
  const { rows } = customers(PROFILES, new Chance(1));
  await tap.send(PROFILES, (n) => identify(n, rows[n]?.values ?? []));
  print(`${PROFILES} profiles from messages: ${(await tap.drain()).toFixed(1)} s`);
  const onError = (error: Error): void => print(error.message);
  const options = { pool: tap.pool, clock: Date.now, newId: () => newUuidV7(Date.now()) };
  const training = new ModelTraining({ ...options, train: learnInThread, onError });
  const matching = new Matching({ ...options, training, join: () => Promise.resolve() });
  const settings = { reviewFrom: 0.8, joinFrom: null };
  await changeMatchSettings(tap.pool, 1, settings, { actor: 'bench', auditId: randomUUID(), atMs: Date.now() });
  const learntFrom = performance.now();
  await matching.step(1);
  await training.settled();
  print(`the model learnt in ${((performance.now() - learntFrom) / 1000).toFixed(1)} s`);
  await measure('the first round', matching);
  const { rows: counted } = await owner.query('select count(*) as candidates from match_candidate');
  print(`${counted[0].candidates} candidates`);
  await tap.pool.end();
});

async function measure(round: string, matching: Matching): Promise<void> {
  const [startedAt, cpu, steps] = [performance.now(), process.cpuUsage(), [] as number[]];
  for (let isDone = false; !isDone; ) {
    const stepAt = performance.now();
    isDone = await matching.step(1);
    steps.push(performance.now() - stepAt);
  }
  const seconds = (performance.now() - startedAt) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  steps.sort((one, other) => one - other);
  print(
    `${round}: ${seconds.toFixed(1)} s, ${Math.round(PROFILES / seconds)} profiles a second, ${((user + system) / 1e6).toFixed(1)} s of CPU here; ` +
      `${steps.length} steps, median ${Math.round(steps[steps.length >> 1] as number)} ms, longest ${Math.round(steps.at(-1) as number)} ms`,
  );
}

function identify(
  n: number,
  [firstName, lastName, houseNumber, street, city, postalCode, birthday, email, phone]: readonly string[],
): object {
  const address = { street: `${houseNumber} ${street}`, city, postalCode };
  return {
    type: 'identify',
    anonymousId: `visitor-${n}`,
    traits: { firstName, lastName, address, birthday, contact: email, mobile: phone },
  };
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
