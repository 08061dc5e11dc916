import { Agenda } from '../../src/app/demo/agenda';
import type { DemoMessage } from '../../src/app/demo/demoMessage';
import { DEMO_SEGMENTS, DEMO_TRAITS } from '../../src/app/demo/demoSegments';
import { DAY_MS, HOUR_MS } from '../../src/app/demo/life';
import { tellStars } from '../../src/app/demo/stars';
import { everythingSaid, tablesThatSay } from '../app/privacy/everythingSaid';
import { eventually } from './eventually';
import { System } from './system';

jest.setTimeout(240_000);

const NOW_MS = Math.floor(Date.now() / DAY_MS) * DAY_MS + 12 * HOUR_MS;
const ROSALIND = { type: 'email', value: 'Rosalind.Franklin@example.com' };
/** What nobody may find any more: as she typed it, as it is stored, and her name. */
const WORDS = ['rosalind', 'franklin', '+447700900142', '7700 900142', '7700900142', '105a0001', '105a0002'];

let system: System;
beforeAll(async () => {
  system = await System.start();
  await configure();
  await system.take(starMessages().map(({ message }) => message));
  await system.take([{ type: 'track', anonymousId: 'found-later', event: 'Signed In', messageId: 'found-1' }]);
  await fillTheRest();
});
afterAll(() => system.stop());

const ask = async (query: string, variables: object = {}) => {
  const { data, codes } = await system.graphql(query, variables);
  expect(codes).toEqual([]);
  return data;
};

function starMessages(): DemoMessage[] {
  const heard: DemoMessage[] = [];
  const agenda = new Agenda(NOW_MS - 365 * DAY_MS, NOW_MS);
  tellStars(agenda, NOW_MS, (message) => heard.push(message));
  while (agenda.step());
  return heard;
}

const isHers = ({ message }: DemoMessage) => String(message['messageId']).startsWith('demo-rosalind-');

async function configure(): Promise<void> {
  for (const input of DEMO_TRAITS)
    await ask('mutation ($i: CreateComputedTraitInput!) { createComputedTrait(input: $i) { key } }', { i: input });
  for (const { key, name, definition } of DEMO_SEGMENTS)
    await ask('mutation ($i: CreateSegmentInput!) { createSegment(input: $i) { segment { id } } }', { i: { key, name, definition } });
  const events = [
    'profile.changed',
    'profile.merged',
    'segment.entered',
    'segment.left',
    'friction.detected',
    'consent.changed',
    'profile.erased',
  ];
  await ask('mutation ($i: CreateDestinationInput!) { createDestination(input: $i) { destination { id } } }', {
    i: { name: 'Nowhere', url: 'https://receiver.invalid/hook', events },
  });
  await ask('mutation { setMatchSettings(input: { reviewFrom: 0.5 }) { settings { reviewFrom } } }');
}

const idOf = async (identifier: object) =>
  (await ask('query ($i: IdentifierInput!) { profile(identifier: $i) { id } }', { i: identifier })).profile?.id ?? null;

/** Merges, notes of people, a dead letter, and what is told of her behind the batches. */
async function fillTheRest(): Promise<void> {
  const id = await idOf(ROSALIND);
  const other = await idOf({ type: 'anonymous_id', value: 'found-later' });
  await ask('mutation ($i: MergeProfilesInput!) { mergeProfiles(input: $i) { profile { id } } }', {
    i: { profileIds: [id, other], reason: 'Ms Franklin (rosalind.franklin@example.com) wrote' },
  });
  await ask('mutation ($i: RecordConsentInput!) { recordConsent(input: $i) { profile { id } } }', {
    i: { profileId: id, purpose: 'sms', granted: false },
  });
  const refused = { type: 'track', userId: null, event: 'Lost', context: { traits: { email: 'rosalind.franklin@example.com' } } };
  await system.post('/v1/batch', { batch: [refused, { type: 'track', userId: 'fine', event: 'Fine' }] });
  await system.settled();
  const uuid = id.slice(4).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  await eventually('she is measured, judged and compared', async () => {
    const counts = await system.ask<{ count: number }>(
      `select count(*)::int as count from friction_signal where profile_id = $1
       union all select count(*)::int from segment_membership where profile_id = $1
       union all select count(*)::int from delivery where profile_id = $1
       union all select count(*)::int from match_key where identifier_id in (select identifier_id from identifier where profile_id = $1)`,
      [uuid],
    );
    const [due] = await system.ask<{ left: number }>(
      `select (select count(*) from experience_due where due_at <= now())::int + (select count(*) from change_note where not is_followed)::int as left`,
    );
    return due?.left === 0 && counts.every(({ count }) => count > 0);
  });
}

it('exports all that it erases, store by store, and leaves no trace of her in the database', async () => {
  const id = await idOf(ROSALIND);
  const { exportProfile } = await ask('mutation ($id: ID!) { exportProfile(input: { profileId: $id }) { document } }', { id });
  const { stores } = exportProfile.document;
  const said = await everythingSaid(system.database.owner);
  const exported = JSON.stringify(stores).toLowerCase();
  const saidOf = tablesThatSay(said, WORDS).map((line) => line.split(': ')[0] as string);
  expect(new Set(saidOf).size).toBeGreaterThanOrEqual(10);
  for (const table of new Set(saidOf)) expect([table, stores[table]?.length > 0]).toEqual([table, true]);
  for (const word of ['rosalind.franklin@example.com', 'rosalind', '+447700900142']) expect(exported).toContain(word);

  const { eraseProfile } = await ask('mutation ($id: ID!) { eraseProfile(input: { profileId: $id }) { receiptId erased finishedAt } }', {
    id,
  });

  expect(eraseProfile.finishedAt).not.toBeNull();
  const { erased } = eraseProfile;
  const changing = ['change', 'delivery', 'change_note', 'audit_entry', 'audit_note', 'experience_due', 'event_match'];
  for (const [store, rows] of Object.entries<unknown[]>(stores)) {
    if (!changing.includes(store)) expect([store, erased[store] ?? 0]).toEqual([store, rows.length]);
  }
  expect(Object.keys(erased).filter((store) => !(store in stores))).toEqual([]);
  const ids = identifiersIn(stores);
  const left = await everythingSaid(system.database.owner);
  const words = [...WORDS, ...ids.values, ...ids.numbers];
  expect(tablesThatSay(left, words)).toEqual([]);
  // One delivery waits, which tells the destination whom to forget.
  expect(tablesThatSay(left, [id.slice(4)])).toEqual([`delivery: ${id.slice(4)}`]);
  expect(await idOf(ROSALIND)).toBeNull();
});

function identifiersIn(stores: Record<string, { type: string; value: string; identifier_id: string | number }[]>) {
  const rows = stores['identifier'] ?? [];
  return { values: rows.map(({ value }) => value), numbers: rows.map(({ identifier_id }) => String(identifier_id)) };
}

it('leaves the others whole, and what is sent again of her erased', async () => {
  const [before] = await system.ask<{ left: number }>('select count(*)::int as left from interaction');
  await system.take(starMessages().map(({ message }) => message));
  const refused = {
    type: 'track',
    timestamp: new Date(NOW_MS - DAY_MS).toISOString(),
    event: 'Lost',
    properties: { of: 'Rosalind.Franklin@example.com' },
  };
  expect((await system.post('/v1/batch', { batch: [refused] })).body.rejected).toMatchObject([{ code: 'MESSAGE_WITHOUT_ID' }]);
  const [after] = await system.ask<{ left: number }>('select count(*)::int as left from interaction');
  expect(after).toEqual(before);
  expect(tablesThatSay(await everythingSaid(system.database.owner), WORDS)).toEqual([]);
  const { erasures } = await ask('{ erasures { totalCount nodes { replays finishedAt requestedBy } } }');
  expect(erasures.totalCount).toBe(1);
  expect(Number(erasures.nodes[0].replays)).toBe(starMessages().filter(isHers).length + 1);
  expect(await idOf({ type: 'email', value: 'ada.lovelace@example.com' })).not.toBeNull();
});
