import { balanced } from './accounting';
import { newDataDir, removeDataDir } from './dataDir';
import { freePort, StartedSystem } from './startedSystem';
import { kill, survive, VICTIMS, type Victim } from './survival';

const KILLS = 9;

/**
 * npm run faults -- --messages 100000: what the tests in test/faults do, on a larger stream. Starts everything as `npm start` does, sends messages, and meanwhile
 * kills the worker, the API and PostgreSQL in turn. Answers false where a message was lost or told twice.
 */
export async function messageRun(messages: number): Promise<boolean> {
  const dataDir = newDataDir();
  const port = await freePort();
  const system = await StartedSystem.spawn(dataDir, port).ready();
  try {
    const victims = Object.keys(VICTIMS) as Victim[];
    const survival = await survive(system, `http://127.0.0.1:${port}`, { name: 'run', messages }, async (stream) => {
      for (let n = 1; n <= KILLS; n++) {
        await stream.reached((messages * n) / (KILLS + 1));
        const victim = victims[n % victims.length] as Victim;
        const startedAt = Date.now();
        await kill(system, victim);
        console.log(
          `${stream.acknowledged.length} acknowledged: killed ${victim}, another one was there after ${Date.now() - startedAt} ms`,
        );
      }
    });
    const good = JSON.stringify(survival.books) === JSON.stringify(balanced(messages));
    console.log(`${survival.acknowledged} messages acknowledged and processed within ${(survival.tookMs / 1000).toFixed(1)} s`);
    console.log(`${survival.sentAgain} requests were sent again because they were not acknowledged`);
    console.table(survival.books);
    console.log(good ? 'Every message is on one timeline, once.' : 'THE BOOKS DO NOT BALANCE.');
    return good;
  } finally {
    system.process.kill('SIGTERM');
    console.log(`stopped with exit code ${await system.ended()}`);
    removeDataDir(dataDir);
  }
}
