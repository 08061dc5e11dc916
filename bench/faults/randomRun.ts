import { setTimeout as sleep } from 'node:timers/promises';
import { identityRulesFromJson } from '../../src/identity/rules';
import type { Json } from '../../src/kernel/json';
import { seeded } from '../traffic';
import { askGraphql } from './askGraphql';
import { BusyPeople, type Deed, rulesWith, type Tally } from './busyPeople';
import { checkWorld } from './checkWorld';
import type { Compared } from './comparison';
import { newDataDir, removeDataDir } from './dataDir';
import { FaultySystem } from './faultySystem';
import { PersistentSender } from './persistentSender';
import { COMPUTED_TRAITS, FAMILIES, STEADY } from './plainSegments';
import { CLOCK_ERROR_MS, sowFaults } from './randomFaults';
import { RandomTraffic } from './randomTraffic';
import { readShownProfiles } from './shownProfiles';
import { readStoredWorld } from './storedWorld';
import { type Mood, WebhookReceiver } from './webhookReceiver';

const MINUTE_MS = 60_000;
const MESSAGES_PER_SECOND = 60;
const SHOWN_DIFFERENCES = 10;
const PAUSE_MS = 500;
/** Retries of deliveries come after half a minute, leases end after as long. */
const PATIENCE_MS = 600_000;
/** What a decision may be answered with while everything goes wrong; nothing that is a fault of ours. */
const EXPECTED_REFUSAL =
  /: (MERGE_REFUSED|SPLIT_REFUSED|UNDO_REFUSED|NOT_FOUND|CONFLICT|INVALID_INPUT|SEGMENT_INVALID|UNAVAILABLE|STATEMENT_TIMEOUT|POSITION_TIMEOUT|OVERLOADED)$/;
const EVENTS = ['profile.changed', 'profile.merged', 'profile.split', 'segment.entered', 'segment.left', 'consent.changed'];

/** By their keys. */
const FIRST_SEGMENTS = [...Object.entries(FAMILIES).map(([key, family]) => [key, family(0)] as const), ...Object.entries(STEADY)];

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
  const receiver = await WebhookReceiver.start(() => (Date.now() < downUntil.ms ? 'REFUSED' : moodOf(chance())));
  const dataDir = newDataDir();
  const system = await FaultySystem.start(dataDir);
  let good = false;
  try {
    receiver.secret = await prepare(system, receiver.url);
    const endsAtMs = Date.now() + minutes * MINUTE_MS;
    const isOver = () => Date.now() >= endsAtMs;
    const address = () => system.addresses[chance() < 0.5 ? 0 : 1];
    const options = { chance, address, writeKey: () => system.writeKey, messagesPerSecond: MESSAGES_PER_SECOND };
    const sender = new PersistentSender({ ...options, traffic: new RandomTraffic(chance) });
    const customer = () => Math.floor(chance() * (40 + sender.accepted.length / 60));
    const people = new BusyPeople({ chance, address, apiKey: () => system.apiKey, customer });
    const downFor = (ms: number) => {
      downUntil.ms = Date.now() + ms;
    };
    const [faults] = await Promise.all([
      sowFaults(system, { chance, isOver, downFor }),
      sender.run(isOver),
      people.run(isOver),
      people.run(isOver),
    ]);
    const settledMs = await settled(system, CLOCK_ERROR_MS);
    const compared = [...(await check(system, sender, receiver)), ...checkDeeds(people, await audited(system))];
    const { accepted, sentAgain, repeated } = sender;
    console.table({ ...faults.kills });
    console.table({
      seed,
      minutes,
      messages: accepted.length,
      repeated,
      requestsSentAgain: sentAgain,
      ...faults,
      kills: sum(Object.values(faults.kills)),
      settledMs,
    });
    console.table(people.tallies);
    console.table(Object.fromEntries(people.refusals));
    good = report(compared);
  } finally {
    console.log(`stopped with exit code ${await system.stop()}`);
    await receiver.stop();
    removeDataDir(dataDir);
  }
  return good;
}

/** The segments, what they count, and where changes go to; answers the secret. */
async function prepare(system: FaultySystem, url: string): Promise<string> {
  const create = async (mutation: string, type: string, input: unknown, selection: string) => {
    const query = `mutation ($input: ${type}!) { ${mutation}(input: $input) ${selection} }`;
    const answer = await askGraphql<Record<string, Json>>(system.addresses[0], system.apiKey, query, { input });
    if (!answer?.data) throw new Error(`${mutation} was refused: ${answer?.codes.join()}`);
    return answer.data[mutation] as Record<string, string>;
  };
  await create('setIdentityRules', 'SetIdentityRulesInput', rulesWith(2), '{ rules { type } }');
  const destination = await create(
    'createDestination',
    'CreateDestinationInput',
    { name: 'Receiver', url, events: EVENTS },
    '{ signingSecret }',
  );
  for (const { key, name, definition } of COMPUTED_TRAITS) {
    await create('createComputedTrait', 'CreateComputedTraitInput', { key, name, definition }, '{ key }');
  }
  for (const [key, { definition }] of FIRST_SEGMENTS) {
    await create('createSegment', 'CreateSegmentInput', { key, name: key, definition }, '{ segment { id } }');
  }
  return destination['signingSecret'] as string;
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

async function check(system: FaultySystem, { accepted }: PersistentSender, { receipts }: WebhookReceiver): Promise<Compared[]> {
  const readFromMs = Date.now();
  const stored = await readStoredWorld(system.rows.bind(system));
  const readUntilMs = Date.now();
  const shown = await readShownProfiles(system.addresses[0], system.apiKey);
  const [source] = await system.rows<{ source_id: number; rules: Json }>(
    `select s.source_id, w.settings->'identityRules' as rules from source s join workspace w using (workspace_id) order by s.source_id limit 1`,
  );
  const read = {
    readFromMs,
    readUntilMs,
    clockErrorMs: CLOCK_ERROR_MS,
    sourceId: source?.source_id ?? 0,
    rules: identityRulesFromJson(source?.rules),
  };
  return checkWorld({ accepted, stored, shown, receipts, ...read });
}

async function audited(system: FaultySystem): Promise<ReadonlyMap<string, number>> {
  const rows = await system.rows<{ action: string; count: number }>(
    'select a.action, count(*)::int as count from audit_entry a group by a.action',
  );
  return new Map(rows.map(({ action, count }) => [action, count]));
}

/** What was acknowledged was done, once; of what nobody knows, some may have been. Consents are messages, and looked at as such; the same rules again are nothing done. */
function checkDeeds({ tallies, refusals }: BusyPeople, done: ReadonlyMap<string, number>): Compared[] {
  const prepared = FIRST_SEGMENTS.length;
  const differences = (Object.entries(tallies) as [Deed, Tally][]).flatMap(([deed, { acknowledged, unknown }]) => {
    if (deed === 'recordConsent' || deed === 'setIdentityRules') return [];
    const count = (done.get(deed) ?? 0) - (deed === 'createSegment' ? prepared : 0);
    return count >= acknowledged && count <= acknowledged + unknown
      ? []
      : [`${deed}: done ${count} times, acknowledged ${acknowledged}, unknown ${unknown}`];
  });
  return [
    { what: 'decisions carried out', compared: sum(Object.values(tallies).map(({ acknowledged }) => acknowledged)), differences },
    {
      what: 'refusals with a code of ours',
      compared: sum([...refusals.values()]),
      differences: [...refusals.keys()].filter((refusal) => !EXPECTED_REFUSAL.test(refusal)),
    },
  ];
}

function report(compared: readonly Compared[]): boolean {
  console.table(compared.map(({ what, compared: count, differences }) => ({ what, compared: count, differences: differences.length })));
  for (const { what, differences } of compared) {
    for (const difference of differences.slice(0, SHOWN_DIFFERENCES)) console.log(`${what}: ${difference.slice(0, 1_000)}`);
  }
  const count = sum(compared.map(({ differences }) => differences.length));
  console.log(`comparisons: ${sum(compared.map(({ compared: each }) => each))}, differences: ${count}`);
  return count === 0;
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}

/** Of a hundred requests one is refused, of five hundred one is cut off after it was noted, and one of five thousand hangs. */
function moodOf(chance: number): Mood {
  if (chance < 0.01) return 'REFUSED';
  if (chance < 0.012) return 'CUT';
  return chance < 0.0122 ? 'HANGS' : 'TAKEN';
}
