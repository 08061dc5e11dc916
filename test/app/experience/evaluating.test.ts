import type { Socket } from 'node:net';
import type { Pool, PoolClient } from 'pg';
import { Evaluating } from '../../../src/app/experience/evaluating';
import { eventually } from '../../journeys/eventually';
import { RECEIVED_AT_MS } from '../processing/world';
import { anEvent, ExperienceWorld } from './experienceWorld';

let experience: ExperienceWorld;
beforeEach(async () => {
  experience = await ExperienceWorld.create();
  await experience.evaluate();
});
afterEach(() => experience.close());

const aTicket = (userId: string, ticket: string, minutesBefore: number) => [
  anEvent(userId, 'Ticket Created', minutesBefore, { ticket_id: ticket, channel: 'chat' }),
  anEvent(userId, 'Ticket Replied', minutesBefore - 5, { ticket_id: ticket, author_role: 'agent', channel: 'chat' }),
  anEvent(userId, 'Ticket Solved', minutesBefore - 20, { ticket_id: ticket, channel: 'chat' }),
];
const MINUTE_MS = 60_000;

it('writes down what the facts tell of a customer, and nobody is due any more', async () => {
  await experience.hear(...aTicket('ada', 't1', 600), anEvent('ada', 'CSAT Answered', 500, { score: 4, scale_max: 5, ticket_id: 't1' }));
  expect(await experience.due()).toHaveLength(1);
  await experience.evaluate();
  const { conversation, survey_answer, perception } = await experience.told();
  expect(conversation).toEqual([
    expect.objectContaining({
      profile_id: await experience.profileOf('ada'),
      conversation_key: '1/ticket/t1',
      status: 'SOLVED',
      first_reply_ms: 5 * MINUTE_MS,
      full_resolution_ms: 20 * MINUTE_MS,
      was_solved: true,
      is_one_touch: true,
    }),
  ]);
  expect(survey_answer).toEqual([expect.objectContaining({ survey: 'csat', score: 4, is_valid: true, is_favourable: true })]);
  expect(perception).toEqual([expect.objectContaining({ score: 75, is_internal: false })]);
  expect(await experience.due()).toEqual([]);
});

it('tells anew what a late message changes, and leaves others alone', async () => {
  await experience.hear(...aTicket('ada', 't1', 600), ...aTicket('grace', 't2', 500));
  await experience.evaluate();
  const versions = () =>
    experience.world.query('select conversation_key, xmin::text as version, reopens from conversation order by conversation_key');
  const [, grace] = await versions();
  await experience.hear(
    anEvent('ada', 'Ticket Reopened', 570, { ticket_id: 't1' }),
    anEvent('ada', 'Ticket Solved', 560, { ticket_id: 't1' }),
  );
  await experience.evaluate();
  expect(await versions()).toEqual([expect.objectContaining({ conversation_key: '1/ticket/t1', reopens: 1 }), grace]);
});

it('makes nobody due who was only there, and touches cost a batch no statement', async () => {
  const before = experience.world.sent();
  await experience.hear({ type: 'page', anonymousId: 'v1', messageId: 'p1' }, anEvent('ada', 'Product Viewed', 5));
  const withTouches = experience.world.sent() - before;
  expect(await experience.due()).toEqual([]);
  await experience.hear(anEvent('ada', 'Product Viewed', 4), { type: 'page', anonymousId: 'v1', messageId: 'p2' });
  expect(experience.world.sent() - before - withTouches).toBeLessThanOrEqual(withTouches);
  expect(await experience.due()).toEqual([]);
});

const byMail = (address: string, ticket: string, minutesBefore: number) => ({
  ...anEvent('', 'Ticket Created', minutesBefore, { ticket_id: ticket }),
  userId: undefined,
  anonymousId: `visitor ${address}`,
  context: { traits: { email: address } },
});
const owners = async () => experience.world.query('select conversation_key, profile_id from conversation order by conversation_key');

it('follows a merge and its undoing: what was told of two is told of one, and of two again', async () => {
  await experience.hear(byMail('ada@example.com', 't1', 60));
  await experience.hear(byMail('a.lovelace@example.com', 't2', 50));
  await experience.evaluate();
  const before = await owners();
  const [one, other] = await experience.profileIds();
  const { survivorId, mergeIds } = await experience.merge(String(one?.profile_id), String(other?.profile_id));
  await experience.evaluate();
  expect(await owners()).toEqual([
    { conversation_key: '1/ticket/t1', profile_id: survivorId },
    { conversation_key: '1/ticket/t2', profile_id: survivorId },
  ]);
  await experience.desk.undoMerge(1, String(mergeIds[0]), experience.author());
  await experience.evaluate();
  expect(await owners()).toEqual(before);
});

it('evaluates all profiles once of a workspace that was there before, and all again when its settings change', async () => {
  await experience.hear(...aTicket('ada', 't1', 600), ...aTicket('grace', 't2', 500), anEvent('alan', 'Product Viewed', 4));
  await experience.world.query('delete from experience_due');
  await experience.world.query('delete from experience_progress');
  await experience.evaluate();
  expect(await owners()).toHaveLength(2);
  await experience.world.query('delete from conversation');
  await experience.evaluate();
  expect(await owners()).toEqual([]);
  await experience.evaluateFromNothing();
  expect(await owners()).toHaveLength(2);
});

it('keeps a profile due that is marked while it is evaluated', async () => {
  await experience.hear(...aTicket('ada', 't1', 600));
  const client = await experience.world.database.owner.connect();
  await client.query('begin');
  await client.query('update experience_due set marks = marks + 1');
  await experience.evaluating.step(1);
  await client.query('commit');
  client.release();
  expect(await owners()).toHaveLength(1);
  expect(await experience.due()).toHaveLength(1);
  await experience.evaluate();
  expect(await experience.due()).toEqual([]);
});

it('leaves a workspace to whoever is at it already', async () => {
  await experience.hear(...aTicket('ada', 't1', 600));
  const client = await experience.world.database.owner.connect();
  await client.query('begin');
  await client.query('select from experience_progress for update');
  expect(await experience.evaluating.step(1)).toBe(true);
  expect(await owners()).toEqual([]);
  await client.query('rollback');
  client.release();
  await experience.evaluate();
  expect(await owners()).toHaveLength(1);
});

const signals = () =>
  experience.world.query<{ kind: string; resolved_at: Date | null }>('select kind, resolved_at from friction_signal order by signal_key');

it('wakes a customer who waits when the wait becomes too long, and not before', async () => {
  const openedAtMs = RECEIVED_AT_MS - 5 * MINUTE_MS;
  experience.nowMs = openedAtMs;
  await experience.hear(anEvent('ada', 'Ticket Created', 5, { ticket_id: 't1', channel: 'chat' }));
  await experience.evaluate();
  expect(await signals()).toEqual([]);
  expect(await experience.due()).toEqual([{ profile_id: await experience.profileOf('ada'), due_at: new Date(openedAtMs + 2 * MINUTE_MS) }]);
  experience.nowMs = openedAtMs + 2 * MINUTE_MS - 1;
  const before = experience.world.sent();
  expect(await experience.evaluating.step(1)).toBe(true);
  expect(await signals()).toEqual([]);
  expect(experience.world.sent() - before).toBeLessThan(8);
  experience.nowMs += 1;
  await experience.evaluating.step(1);
  expect(await signals()).toEqual([{ kind: 'LONG_WAIT', resolved_at: null }]);
  experience.nowMs = openedAtMs + 4 * MINUTE_MS;
  await experience.hear(anEvent('ada', 'Ticket Replied', 2, { ticket_id: 't1', channel: 'chat', author_role: 'agent' }));
  await experience.evaluating.step(1);
  expect(await signals()).toEqual([{ kind: 'LONG_WAIT', resolved_at: new Date(openedAtMs + 3 * MINUTE_MS) }]);
});

it('puts a profile off that it can not make sense of, tells of it, and of everybody else as usual', async () => {
  const customers = Array.from({ length: 9 }, (_, customer) => aTicket(`u${customer}`, `t${customer}`, 600)).flat();
  await experience.hear(
    ...customers,
    anEvent('u4', 'Ticket Replied', 500, { ticket_id: 't4', comment: 'Something that nobody can bear to read.' }),
  );
  const errors: string[] = [];
  const sentimentOf = (text: string) => {
    if (text.startsWith('Something')) throw new Error('unbearable');
    return null;
  };
  const evaluating = new Evaluating({ ...experience.options, sentimentOf, onError: ({ message }) => errors.push(message) });
  while (!(await evaluating.step(1)));
  expect(await owners()).toHaveLength(8);
  const profileId = await experience.profileOf('u4');
  expect(errors).toEqual([expect.stringContaining(`${profileId} can't be evaluated: Error: unbearable`)]);
  expect(await experience.due()).toEqual([{ profile_id: profileId, due_at: new Date(experience.nowMs + 3_600_000) }]);
  experience.nowMs += 3_600_000;
  await experience.evaluate();
  expect(await owners()).toHaveLength(9);
});

it('holds orders of more pieces than anybody can count', async () => {
  const products = Array.from({ length: 3 }, (_, n) => ({ product_id: `p${n}`, price: 1, quantity: 1_000_000_000 }));
  await experience.hear(
    anEvent('ada', 'Order Completed', 9, { order_id: 'o', currency: 'EUR', total: '123456789012345678901234567890.5', products }),
  );
  await experience.evaluate();
  const [order] = await experience.world.query('select items, net::text as net from customer_order');
  expect(order).toEqual({ items: 2_147_483_647, net: '123456789012345678901234567890.50' });
});

it.each(['replace_conversation', 'finish_experience_due', 'commit'])(
  'loses nothing and tells nothing twice when the worker dies at %s',
  async (where) => {
    await experience.hear(...aTicket('ada', 't1', 600), ...aTicket('grace', 't2', 500));
    const dying = new Evaluating({ ...experience.options, pool: poolThatDiesAt(where) });
    await expect(dying.step(1)).rejects.toThrow();
    expect(await owners()).toEqual([]);
    expect(await experience.due()).toHaveLength(2);
    await eventually('the database has noticed, and another worker tells of both', async () => {
      await experience.evaluate();
      return (await owners()).length === 2;
    });
    expect(await experience.due()).toEqual([]);
  },
);

/** The connection is gone the moment it would send this. */
function poolThatDiesAt(where: string): Pool {
  const connect = async () => {
    const client = await experience.world.pool.connect();
    const send = client.query.bind(client);
    const query = (asked: string | { name: string }, ...rest: never[]) => {
      const name = typeof asked === 'string' ? asked : asked.name;
      if (name === where) (client as unknown as { connection: { stream: Socket } }).connection.stream.destroy();
      return send(asked as never, ...rest);
    };
    const release = () => client.release(true);
    return { query, release } as unknown as PoolClient;
  };
  return { connect } as unknown as Pool;
}
