import { aTrack, createWorld, RECEIVED_AT_MS, type World } from './world';

let world: World;
beforeEach(async () => {
  world = await createWorld();
});
afterEach(() => world.close());

const interactions = () =>
  world.query<{ message_id: string; name: string }>('select message_id, name from interaction order by message_id');
const deadLetters = () => world.query<{ code: string; reason: string }>('select code, reason from dead_letter order by at, dead_letter_id');
const inboxSize = async () => (await world.query<{ n: number }>('select count(*)::int as n from inbox'))[0]?.n;

const timelineOf = (of: World) =>
  of.query(
    `select n.*, i.type, i.value from (select (to_jsonb(interaction) - 'identifier_id') as row, identifier_id from interaction) n
     join identifier i using (identifier_id) order by n.row ->> 'interaction_id'`,
  );

/** 60 requests of 20 messages, whose users and devices cross again and again. */
async function sendCrossingVisits(to: World): Promise<void> {
  for (let request = 0; request < 60; request++) {
    await to.send(
      Array.from({ length: 20 }, (_, n) =>
        aTrack({
          messageId: `m${request}-${n}`,
          userId: `u${(request * 7 + n) % 50}`,
          anonymousId: `a${(request + n * 3) % 80}`,
          at: request,
        }),
      ),
    );
  }
}

/** The database itself refuses every interaction of this name. */
async function refusePoison(): Promise<void> {
  await world.database.owner.query(`
      create function refuse_poison() returns trigger language plpgsql as $$
      begin
        if new.name = 'Poison' then raise exception 'poison!' using errcode = '22000'; end if;
        return new;
      end $$;
      create trigger refuse_poison before insert on interaction for each row execute function refuse_poison()`);
}

describe('a lane', () => {
  it('takes messages from the inbox to timelines and profiles', async () => {
    await world.send([
      aTrack({ messageId: 'm1', anonymousId: 'visitor', event: 'Product Viewed', properties: { product_id: 'p1' } }),
      { type: 'identify', messageId: 'm2', anonymousId: 'visitor', userId: 'u1', traits: { email: ' Ada@Example.com ', plan: 'pro' } },
    ]);
    await world.drain(world.newLane());
    expect(await world.partition()).toEqual([['anonymous_id:visitor', 'email:ada@example.com', 'user_id:u1']]);
    expect((await interactions()).map((row) => row.message_id)).toEqual(['m1', 'm2']);
    expect(await inboxSize()).toBe(0);
    const [traits] = await world.query<{ traits: Record<string, { r: unknown[][] }> }>(
      `select t.traits from trait_state t join identifier i using (workspace_id, identifier_id) where i.type = 'user_id'`,
    );
    expect(traits?.traits.plan?.r[0]?.[0]).toBe('pro');
  });

  it.each([124, 125, 180, 525_600])('goes on after %d minutes without a message', async (minutes) => {
    await world.send([aTrack({ messageId: 'm1', userId: 'u1' })]);
    await world.drain(world.newLane());
    await world.query(`update lane set updated_at = updated_at - $1 * interval '1 minute'`, [minutes]);
    await world.send([aTrack({ messageId: 'm2', userId: 'u1' })]);
    await world.drain(world.newLane());
    expect(await inboxSize()).toBe(0);
    expect(await deadLetters()).toEqual([]);
  });

  it('drops a message id that the source has sent before, in the same request, in another batch or after a restart; the first one stays', async () => {
    await world.send([
      aTrack({ messageId: 'm1', userId: 'u1', event: 'First' }),
      aTrack({ messageId: 'm1', userId: 'u2', event: 'Second' }),
    ]);
    await world.send([aTrack({ messageId: 'm1', userId: 'u3', event: 'Third' })]);
    const lane = world.newLane({ batchMessages: 1 });
    await world.drain(lane);
    await world.send([aTrack({ messageId: 'm1', userId: 'u4', event: 'Fourth' })]);
    await world.drain(lane);
    await world.send([aTrack({ messageId: 'm1', userId: 'u5', event: 'Fifth' })]);
    await world.drain(world.newLane());
    expect(await interactions()).toEqual([{ message_id: 'm1', name: 'First' }]);
    expect(await world.partition()).toEqual([['user_id:u1']]);
  });

  it('drops what a worker that has just started can not remember, in the middle of a batch, and looks closer from then on', async () => {
    const messages = Array.from({ length: 30 }, (_, n) => aTrack({ messageId: `m${n}`, userId: `u${n % 7}` }));
    await world.send(messages);
    await world.drain(world.newLane());
    const restarted = world.newLane({ batchMessages: 10 });
    for (let n = 0; n < 30; n += 5) await world.send([...messages.slice(n, n + 5), aTrack({ messageId: `new${n}`, userId: 'u1' })]);
    await world.drain(restarted);
    expect(await interactions()).toHaveLength(36);
    expect(world.reports.reduce((sum, report) => sum + report.duplicates, 0)).toBe(30);
    expect(await inboxSize()).toBe(0);
  });

  it('writes the same timeline where the database has no role that may copy', async () => {
    await sendCrossingVisits(world);
    await world.drain(world.newLane());
    const other = await createWorld();
    try {
      await other.database.owner.query('revoke insert on interaction from throughline_loader');
      await sendCrossingVisits(other);
      await other.drain(other.newLane());
      expect(await timelineOf(other)).toEqual(await timelineOf(world));
    } finally {
      await other.close();
    }
  });

  it('copies whatever text a message holds', async () => {
    const properties = { words: 'Grüße, 日本語, 🙂, \u0000 and \t', 'quo"te': '\\\n', nothing: null };
    await world.send([
      { ...aTrack({ messageId: 'mé🙂', userId: 'u1', event: 'Ünïcode' }), properties: { ...properties, ticket_id: 'T-€1' } },
      { ...aTrack({ messageId: 'bare', userId: 'u1' }), properties: {} },
    ]);
    await world.drain(world.newLane());
    const rows = await world.query<{ name: string; subject_id: string | null; properties: object | null }>(
      `select name, subject_id, properties from interaction order by message_id desc`,
    );
    expect(rows[0]).toEqual({
      name: 'Ünïcode',
      subject_id: 'T-€1',
      properties: { ...properties, words: 'Grüße, 日本語, 🙂, \ufffd and \t', ticket_id: 'T-€1' },
    });
    expect(rows[1]?.properties).toBeNull();
  });

  it('keeps the same message id of two sources apart', async () => {
    await world.send([aTrack({ messageId: 'm1', userId: 'u1' })], 1);
    await world.send([aTrack({ messageId: 'm1', userId: 'u1' })], 2);
    await world.drain(world.newLane());
    expect(await interactions()).toHaveLength(2);
  });

  it('makes a dead letter of a message whose identifiers are all blocked, and goes on with the rest', async () => {
    await world.send([
      aTrack({ messageId: 'm1', userId: 'null', anonymousId: '00000000-0000-0000-0000-000000000000' }),
      aTrack({ messageId: 'm2', userId: 'u' }),
    ]);
    await world.drain(world.newLane());
    expect((await interactions()).map((row) => row.message_id)).toEqual(['m2']);
    expect((await deadLetters()).map((row) => row.code)).toEqual(['IDENTIFIERS_BLOCKED']);
  });

  it('takes a batch apart when the database refuses a message of it: that one becomes a dead letter with the reason, the others are written', async () => {
    await refusePoison();
    const messages = Array.from({ length: 40 }, (_, n) =>
      aTrack({ messageId: `m${n + 10}`, userId: `u${n % 7}`, event: n === 23 ? 'Poison' : 'Fine' }),
    );
    await world.send(messages.slice(0, 30));
    await world.send(messages.slice(30));
    const lane = world.newLane();
    await world.drain(lane);
    expect(await interactions()).toHaveLength(39);
    expect(await deadLetters()).toEqual([{ code: 'MESSAGE_POISONOUS', reason: expect.stringContaining('poison!') }]);
    expect(await inboxSize()).toBe(0);
    const counted = await world.query<{ n: number }>('select sum(interactions)::int as n from identifier');
    expect(counted[0]?.n).toBe(39);
  });

  it('writes every message once when a batch fails while others are on their way behind it, and knows duplicates among these', async () => {
    await refusePoison();
    for (let request = 0; request < 24; request++) {
      const event = request % 9 === 4 ? 'Poison' : 'Fine';
      const userId = `u${request % 5}`;
      const again = aTrack({ messageId: `m${Math.max(request - 2, 0)}`, userId, event: 'Again' });
      await world.send([aTrack({ messageId: `m${request}`, userId, event }), again]);
    }
    const lane = world.newLane({ batchMessages: 2 });
    await world.drain(lane);
    const fine = Array.from({ length: 24 }, (_, request) => request).filter((request) => request % 9 !== 4);
    const names = Object.fromEntries((await interactions()).map((row) => [row.message_id, row.name]));
    expect(fine.filter((request) => names[`m${request}`] !== 'Fine')).toEqual([]);
    expect(await deadLetters()).toHaveLength(3);
    expect(await inboxSize()).toBe(0);
  });

  it('gives the same outcome when several lanes of the same workspace work at the same time', async () => {
    await sendCrossingVisits(world);
    await Promise.all([1, 2, 3].map(() => world.drain(world.newLane({ batchMessages: 50 }))));
    expect(await interactions()).toHaveLength(1200);
    expect(await inboxSize()).toBe(0);
    const together = await world.partition();
    const alone = await createWorld();
    try {
      await sendCrossingVisits(alone);
      await alone.drain(alone.newLane());
      expect(together).toEqual(await alone.partition());
    } finally {
      await alone.close();
    }
  });

  it('leaves everything in the inbox when the connection breaks, and does it once when it is back', async () => {
    const requests = Array.from({ length: 30 }, (_, request) =>
      Array.from({ length: 100 }, (_, n) => aTrack({ messageId: `m${request}-${n}`, userId: `u${n}` })),
    );
    for (const messages of requests) await world.send(messages);
    const lane = world.newLane({ batchMessages: 200 });
    const draining = world.drain(lane);
    await new Promise((resolve) => setTimeout(resolve, 30));
    await world.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`,
    );
    await expect(draining).rejects.toThrow();
    await world.drain(lane);
    expect(await interactions()).toHaveLength(3000);
    expect(await inboxSize()).toBe(0);
  });

  it('reads and writes a fixed handful of statements a batch, however many messages it holds', async () => {
    const countOf = async (messages: number) => {
      const before = world.sent();
      await world.send(
        Array.from({ length: messages }, (_, n) =>
          aTrack({ messageId: `${messages}-${n}`, userId: `u${n % 50}`, anonymousId: `a${n % 50}` }),
        ),
      );
      await world.drain(world.newLane());
      return world.sent() - before;
    };
    expect(await countOf(1500)).toBeLessThanOrEqual((await countOf(10)) + 6);
    expect(await countOf(1501)).toBeLessThanOrEqual(25);
  });

  it('remembers accounts of group calls, their traits and who belongs to them', async () => {
    const group = (messageId: string, userId: string, traits: object, at: number) => ({
      type: 'group',
      messageId,
      userId,
      groupId: 'acme',
      traits,
      timestamp: new Date(RECEIVED_AT_MS - at).toISOString(),
    });
    await world.send([group('g1', 'u1', { name: 'Acme', seats: 5 }, 2000)]);
    const lane = world.newLane();
    await world.drain(lane);
    await world.send([group('g2', 'u2', { seats: 8 }, 1000), group('g3', 'u2', { seats: 7 }, 1500)]);
    await world.drain(lane);
    const [account] = await world.query<{ traits: Record<string, { r: unknown[][] }> }>('select traits from account');
    expect(account?.traits.seats?.r.map((value) => value[0])).toEqual([8, 7, 5]);
    expect(account?.traits.name?.r[0]?.[0]).toBe('Acme');
    expect(await world.query('select 1 as one from account_member')).toHaveLength(2);
  });
});
