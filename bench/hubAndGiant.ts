import { startBenchDatabase } from './database';
import { LaneOnTap } from './laneOnTap';

/**
 * What a message costs at a hub (one e-mail address on BENCH_SIZE user ids) and at a giant (one user id with as many anonymous ids), from the inbox to
 * disk, against messages with ten plain identifiers: `npm run bench -- hubAndGiant`. The worker is warm, or has just started.
 */
const SIZE = Number(process.env['BENCH_SIZE'] ?? 50_000);
const MESSAGES = 5_000;

const email = (address: string) => ({ traits: { email: address } });

const kinds: Readonly<Record<string, (n: number) => object>> = {
  plain: (n) => ({
    userId: `plain-${n}`,
    anonymousId: `anonymous-${n}`,
    context: {
      ...email(`plain-${n}@example.com`),
      externalIds: Array.from({ length: 7 }, (_, k) => ({ id: `${n}-${k}`, type: `system_${k}`, collection: 'users', encoding: 'none' })),
    },
  }),
  hub: (n) => ({ userId: `staff-${n}`, context: email('info@example.com') }),
  giant: (n) => ({ userId: 'giant', anonymousId: `device-${n}` }),
};

async function main(): Promise<void> {
  const database = await startBenchDatabase();
  try {
    const tap = await LaneOnTap.open(database.url);
    for (const kind of ['hub', 'giant']) {
      await tap.send(SIZE, kinds[kind] as (n: number) => object);
      await tap.drain();
    }
    for (const isCold of [false, true]) {
      for (const [kind, fieldsOf] of Object.entries(kinds)) {
        const from = SIZE + (isCold ? MESSAGES : 0);
        if (isCold) tap.forget();
        await tap.send(MESSAGES, (n) => fieldsOf(from + n));
        const microseconds = ((await tap.drain()) * 1e6) / MESSAGES;
        process.stdout.write(
          `${kind.padEnd(6)} ${isCold ? 'worker just started' : 'worker warm'}: ${microseconds.toFixed(0)} µs a message\n`,
        );
      }
    }
    await tap.pool.end();
  } finally {
    await database.stop();
  }
}

void main();
