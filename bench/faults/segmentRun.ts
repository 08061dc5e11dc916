import { setTimeout as sleep } from 'node:timers/promises';
import { seeded } from '../traffic';
import { ChangingCustomers } from './changingCustomers';
import { newDataDir, removeDataDir } from './dataDir';
import { differencesIn } from './segmentBooks';
import { countChanges, prepare, surviveChanges } from './segmentSurvival';
import { freePort, StartedSystem } from './startedSystem';
import { kill } from './survival';
import { troubledMood, WebhookReceiver } from './webhookReceiver';

const CUSTOMERS = 1_000;
const COUNTS_ON_MS = [10_000, 40_000] as const;
/** After another process was there; starting takes a second or more. */
const KILL_EVERY_MS = [4_000, 12_000] as const;
/** So long the receiver is down after each fourth kill, so that the circuit opens. */
const DOWN_MS = 2_000;

/** npm run faults -- --segments: kills the worker and the API at random while memberships change and are told of. Answers whether all is well. */
export async function segmentRun(changes: number, seed: number): Promise<boolean> {
  const chance = seeded(seed);
  const downUntil = { ms: 0 };
  const receiver = await WebhookReceiver.start(() => (Date.now() < downUntil.ms ? 'REFUSED' : troubledMood(chance())));
  const dataDir = newDataDir();
  const port = await freePort();
  const started = await StartedSystem.spawn(dataDir, port, { WEBHOOK_ALLOW_PRIVATE: 'true' }).ready();
  const { apiKey, writeKey, databaseUrl } = started;
  const address = `http://127.0.0.1:${port}`;
  const system = { address, apiKey, writeKey, databaseUrl, ask: started.rows.bind(started) as StartedSystem['rows'] };
  const kills = { worker: 0, api: 0 };
  try {
    await prepare(system, receiver);
    const customers = new ChangingCustomers(CUSTOMERS, COUNTS_ON_MS);
    const { books, ...rest } = await surviveChanges(system, receiver, customers, changes, async (isOver) => {
      const [least, most] = KILL_EVERY_MS;
      for (let n = 1; !isOver(); n++) {
        await sleep(least + (most - least) * chance());
        const victim = chance() < 2 / 3 ? 'worker' : 'api';
        await kill(started, victim);
        kills[victim]++;
        if (n % 4 === 0) downUntil.ms = Date.now() + DOWN_MS;
        console.log(`killed ${victim}: ${await countChanges(system)} changes, ${receiver.receipts.length} deliveries`);
      }
    });
    console.table({ seed, ...rest, killedWorkers: kills.worker, killedApis: kills.api, ...books });
    const differences = differencesIn(books);
    const good = Object.keys(differences).length === 0;
    console.log(good ? 'Every change was delivered, in order, and none was invented.' : `DIFFERENCES: ${JSON.stringify(differences)}`);
    return good;
  } finally {
    started.process.kill('SIGTERM');
    console.log(`stopped with exit code ${await started.ended()}`);
    await receiver.stop();
    removeDataDir(dataDir);
  }
}
