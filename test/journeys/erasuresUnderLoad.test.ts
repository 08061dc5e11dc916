import { KEYED_STORES, TIMELINE_STORES } from '../../src/storage/privacy/personalStores';
import { everythingSaid, tablesThatSay } from '../app/privacy/everythingSaid';
import { eventually } from './eventually';
import { System } from './system';

jest.setTimeout(240_000);

const CUSTOMERS = 60;
const ROUNDS = 12;
const HOUR_MS = 3_600_000;

let system: System;
beforeAll(async () => {
  system = await System.start();
  for (const [key, definition] of Object.entries(SEGMENTS)) {
    const { codes } = await system.graphql('mutation ($i: CreateSegmentInput!) { createSegment(input: $i) { segment { id } } }', {
      i: { key, name: key, definition },
    });
    expect(codes).toEqual([]);
  }
});
afterAll(() => system.stop());

const SEGMENTS = {
  buyers: { event: { kind: 'ORDER_PLACED' }, within: '30d' },
  talkers: { measure: 'openConversations', op: 'gte', value: 1 },
};

/** What customer `who` does in one round: a site, a shop and a help desk, by ids of their own. */
function doings(who: number, round: number): object[] {
  const [visitor, user, mail] = [`visitor-${who}-x`, `user-${who}-x`, `person-${who}-x@example.com`];
  const timestamp = new Date(Date.now() - (ROUNDS - round) * HOUR_MS).toISOString();
  const named = (kind: string) => ({ messageId: `${kind}-${who}-${round}`, timestamp });
  return [
    { ...named('page'), type: 'page', anonymousId: visitor, name: 'Home' },
    { ...named('id'), type: 'identify', anonymousId: visitor, userId: user, traits: { email: mail, name: `Person Number${who}x` } },
    {
      ...named('order'),
      type: 'track',
      userId: user,
      event: 'Order Completed',
      properties: { order_id: `o-${who}-${round}`, total: 5, currency: 'EUR' },
    },
    {
      ...named('ticket'),
      type: 'track',
      anonymousId: visitor,
      event: 'Ticket Created',
      properties: { ticket_id: `t-${who}`, subject: 'Help' },
      context: { traits: { email: mail } },
    },
  ];
}

const idOf = async (who: number): Promise<string | null> => {
  const { data } = await system.graphql(`{ profile(identifier: { type: "user_id", value: "user-${who}-x" }) { id } }`);
  return data.profile?.id ?? null;
};

it('leaves nothing of who was erased and nothing without an owner, while messages, measures and segments go on', async () => {
  const erased: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    await system.accept(Array.from({ length: CUSTOMERS }, (_, who) => (erased.includes(who) ? [] : doings(who, round))).flat());
    if (round < 2) {
      await system.settled();
      continue;
    }
    const chosen = [0, 1, 2].map((each) => (round - 2) * 3 + each);
    await Promise.all(
      chosen.map(async (who) => {
        const id = await idOf(who);
        if (id === null) return;
        erased.push(who);
        const { codes } = await system.graphql('mutation ($id: ID!) { eraseProfile(input: { profileId: $id }) { receiptId } }', { id });
        expect(codes).toEqual([]);
      }),
    );
  }
  await system.accept(erased.flatMap((who) => doings(who, 0)));
  expect(erased.length).toBeGreaterThan(20);
  await eventually('all is done and followed', async () => {
    const [left] = await system.ask<{ left: number }>(
      `select ((select count(*) from inbox) + (select count(*) from erasure where finished_at is null)
         + (select count(*) from change_note where not is_followed) + (select count(*) from experience_due where due_at <= now()))::int as left`,
    );
    return left?.left === 0;
  });
  const said = await everythingSaid(system.database.owner);
  expect(
    tablesThatSay(
      said,
      erased.flatMap((who) => [`visitor-${who}-x`, `user-${who}-x`, `person-${who}-x`, `Number${who}x`]),
    ),
  ).toEqual([]);
  expect(await ownerless()).toEqual([]);
  const [sizes] = await system.ask<{ differences: number }>(
    `select count(*)::int as differences from segment s
     where s.size <> (select count(*) from segment_membership m where m.segment_id = s.segment_id and m.workspace_id = s.workspace_id)`,
  );
  expect(sizes?.differences).toBe(0);
  expect(await idOf(CUSTOMERS - 1)).not.toBeNull();
});

/** Tables with rows whose identifier or profile is not there. */
async function ownerless(): Promise<string[]> {
  const found: string[] = [];
  const columns = {
    identifier_id: 'identifier',
    low_id: 'identifier',
    high_id: 'identifier',
    profile_id: 'profile',
    survivor_id: 'profile',
    absorbed_id: 'profile',
  };
  for (const { table } of [...KEYED_STORES, ...TIMELINE_STORES]) {
    for (const [column, owner] of Object.entries(columns)) {
      const [has] = await system.ask('select 1 from information_schema.columns where table_name = $1 and column_name = $2', [
        table,
        column,
      ]);
      if (!has || table === owner) continue;
      const rows = await system.ask(
        `select 1 from ${table} held where held.${column} is not null and not exists (
           select from ${owner} o where o.workspace_id = held.workspace_id and o.${owner}_id = held.${column})`,
      );
      if (rows.length > 0) found.push(`${table}.${column}: ${rows.length}`);
    }
  }
  return found;
}
