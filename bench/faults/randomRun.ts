import { setTimeout as sleep } from 'node:timers/promises';
import { seeded } from '../traffic';
import { BusyPeople } from './busyPeople';
import { checkWorld } from './checkWorld';
import { report, sum } from './comparison';
import { newDataDir, removeDataDir } from './dataDir';
import { FaultySystem } from './faultySystem';
import { PersistentSender } from './persistentSender';
import { prepareSystem } from './prepareSystem';
import { CLOCK_ERROR_MS, sowFaults } from './randomFaults';
import { RandomTraffic } from './randomTraffic';
import { readWitness } from './readWitness';
import { troubledMood, WebhookReceiver } from './webhookReceiver';

const MINUTE_MS = 60_000;
const MESSAGES_PER_SECOND = 60;
const PAUSE_MS = 500;
/** Retries of deliveries come after half a minute, leases end after as long. */
const PATIENCE_MS = 600_000;
/** What is still to be done, in any process. */
const LEFT = `
select (select count(*) from inbox)::int as messages, (select count(*) from change_note n where not n.is_followed)::int as notes,
  (select count(*) from segment_wake w where w.wake_at <= now())::int as wakes, (select count(*) from segment s where s.status <> 'LIVE')::int as segments,
  (select count(*) from experience_due d where d.due_at <= now())::int as evaluations,
  (select count(*) from rule_change r where r.finished_at is null)::int as "ruleChanges",
  (select count(*) from delivery d where d.status = 'PENDING')::int as deliveries`;

/**
 * npm run faults -- --minutes 10 --seed 1: messages and people's decisions over so many minutes of processes killed, connections cut and clocks set. Then everything
 * is worked out anew from the accepted messages, the slow and obvious way, and compared. Answers whether all is well.
 */
export async function randomRun(minutes: number, seed: number): Promise<boolean> {
  const chance = seeded(seed);
  const downUntil = { ms: 0 };
  const receiver = await WebhookReceiver.start(() => (Date.now() < downUntil.ms ? 'REFUSED' : troubledMood(chance())));
  const dataDir = newDataDir();
  const system = await FaultySystem.start(dataDir);
  try {
    receiver.secret = await prepareSystem(system, receiver.url);
    const { faults, sender, people } = await throughFaults(system, { chance, minutes, downUntil });
    const settledMs = await settled(system, CLOCK_ERROR_MS);
    const compared = checkWorld(await readWitness(system, sender, receiver, people));
    const { accepted, sentAgain, repeated } = sender;
    const { kills, ...others } = faults;
    console.table(kills);
    console.table({ seed, minutes, messages: accepted.length, repeated, requestsSentAgain: sentAgain });
    console.table({ kills: sum(Object.values(kills)), ...others, settledMs });
    console.table(people.tallies);
    console.table(Object.fromEntries(people.refusals));
    return report(compared);
  } finally {
    console.log(`stopped with exit code ${await system.stop()}`);
    await receiver.stop();
    removeDataDir(dataDir);
  }
}

/** Faults, messages and people, all at the same time. Resolves when everything that was sent is acknowledged. */
async function throughFaults(
  system: FaultySystem,
  { chance, minutes, downUntil }: { readonly chance: () => number; readonly minutes: number; readonly downUntil: { ms: number } },
) {
  const endsAtMs = Date.now() + minutes * MINUTE_MS;
  const isOver = () => Date.now() >= endsAtMs;
  const address = () => system.addresses[chance() < 0.5 ? 0 : 1];
  const traffic = new RandomTraffic(chance);
  const sender = new PersistentSender({
    chance,
    traffic,
    address,
    writeKey: () => system.writeKey,
    messagesPerSecond: MESSAGES_PER_SECOND,
  });
  const customer = () => Math.floor(chance() * traffic.customers);
  const people = new BusyPeople({ chance, address, apiKey: () => system.apiKey, customer });
  const downFor = (ms: number) => {
    downUntil.ms = Date.now() + ms;
  };
  const sowing = sowFaults(system, { chance, isOver, downFor });
  const [faults] = await Promise.all([sowing, sender.run(isOver), people.run(isOver), people.run(isOver)]);
  return { faults, sender, people };
}

/** Until nothing is left to do, twice in a row, and every clock that was ahead has been overtaken. Answers how long it took. */
async function settled(system: FaultySystem, clockErrorMs: number): Promise<number> {
  const startedAt = Date.now();
  let calm = 0;
  for (let left = 'unknown'; calm < 4; await sleep(PAUSE_MS)) {
    const [counts] = await system.rows<Record<string, number>>(LEFT).catch(() => []);
    left = JSON.stringify(counts);
    const isDone = counts !== undefined && Object.values(counts).every((count) => count === 0);
    calm = isDone && Date.now() - startedAt > clockErrorMs ? calm + 1 : 0;
    if (Date.now() - startedAt > PATIENCE_MS) throw new Error(`It never came to rest; left: ${left}`);
  }
  return Date.now() - startedAt;
}
