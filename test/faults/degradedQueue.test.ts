import { eventually } from '../journeys/eventually';
import { redisOfItsOwn } from '../journeys/redisOfItsOwn';
import { System } from '../journeys/system';
import { Gate } from './gate';

jest.setTimeout(120_000);

const redisUrl = redisOfItsOwn();
const isSingle = redisUrl !== null && /^redis:/.test(redisUrl);

/** Where the queue is in PostgreSQL, its being away is that of the database. */
(isSingle ? describe : describe.skip)('while Redis is away', () => {
  let system: System;
  let gate: Gate;

  beforeAll(async () => {
    const url = new URL(redisUrl as string);
    gate = await Gate.closed({ host: url.hostname, port: Number(url.port || 6379) });
    url.host = `127.0.0.1:${gate.port}`;
    system = await System.start();
    for (const name of ['api', 'worker'] as const) {
      await system.end(name);
      await system.restart(name, { REDIS_URL: url.href });
    }
  });
  afterAll(async () => {
    await system.stop().finally(() => gate.close());
  });

  const send = (messageId: string) => system.post('/v1/identify', { userId: 'ada', messageId, traits: { tier: messageId } });
  const told = async () => (await system.ask('select from interaction')).length;
  const checks = async () => {
    const answer = await fetch(`${system.address}/readyz`);
    return { status: answer.status, checks: ((await answer.json()) as { checks: unknown[] }).checks };
  };

  it('processes start and take messages in, durably, and the API says that the queue is missing', async () => {
    expect((await send('before')).status).toBe(200);
    expect((await system.graphql('{ profiles(first: 1) { nodes { id } } }')).codes).toEqual([]);
    await eventually('it is known', async () =>
      (await checks()).checks.some((check) => JSON.stringify(check).includes('"queue","status":"warn"')),
    );
    expect((await checks()).status).toBe(200);
    expect((await fetch(`${system.address}/metrics`)).status).toBe(200);
  });

  it('everything is processed once it is there, goes away again, and is there again', async () => {
    await gate.open();
    await eventually('what came before is told', async () => (await told()) === 1);
    gate.close();
    expect((await send('meanwhile')).status).toBe(200);
    expect((await send('meanwhile too')).status).toBe(200);
    await gate.open();
    await eventually('what came meanwhile is told', async () => (await told()) === 3);
  });

  it('processes stop in time', async () => {
    gate.close();
    expect([await system.end('api'), await system.end('worker')]).toEqual([0, 0]);
    await gate.open();
    await Promise.all([system.restart('api'), system.restart('worker')]);
  });
});
