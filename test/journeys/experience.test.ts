import { eventually } from './eventually';
import { System } from './system';

jest.setTimeout(180_000);

let system: System;
beforeAll(async () => {
  system = await System.start();
});
afterAll(() => system.stop());

const SECOND_MS = 1_000;
const CUSTOMERS = 120;

const aTicket = (customer: number, event: string, number: number, secondsAgo: number, more: object = {}) => ({
  type: 'track',
  userId: `u${customer}`,
  event,
  messageId: `${event}-${customer}-${number}`,
  timestamp: new Date(Date.now() - secondsAgo * SECOND_MS).toISOString(),
  properties: { ticket_id: `${customer}-${number}`, channel: 'chat', ...more },
});

const report = async (): Promise<{ nps: { responses: number }; oneTouchRate: { count: number; of: number } }> => {
  const [from, to] = [Date.now() - 86_400_000, Date.now() + 3_600_000].map((atMs) => new Date(atMs).toISOString());
  const { data, codes } = await system.graphql(
    `{ experience(from: "${from}", to: "${to}") { nps { responses } oneTouchRate { count of } } }`,
  );
  expect(codes).toEqual([]);
  return data.experience;
};
const isUpToDate = async () => {
  const [due] = await system.ask<{ count: number }>('select count(*)::int as count from experience_due where due_at <= now()');
  return due?.count === 0;
};

it('counts every conversation of everybody once, although the worker is killed in the middle', async () => {
  for (let number = 0; number < 5; number++) {
    await system.take(
      Array.from({ length: CUSTOMERS }, (_, customer) => [
        aTicket(customer, 'Ticket Created', number, 900 + number),
        aTicket(customer, 'Ticket Replied', number, 800 + number, { author_role: 'agent' }),
        aTicket(customer, 'Ticket Solved', number, 700 + number),
      ]).flat(),
    );
    if (number === 1 || number === 3) {
      await system.kill('worker');
      await system.restart('worker');
    }
  }
  await eventually('all conversations are told of', async () => (await report()).oneTouchRate.of === 5 * CUSTOMERS);
  await eventually('nobody is due', isUpToDate);
  expect((await report()).oneTouchRate).toEqual({ count: 5 * CUSTOMERS, of: 5 * CUSTOMERS });
  expect(system.faults()).toEqual([]);
});

it('finds by the clock, without another message, that a customer has waited too long', async () => {
  const signals = () => system.ask<{ kind: string }>(`select kind from friction_signal where signal_key like 'LONG_WAIT%'`);
  await system.take([aTicket(900, 'Ticket Created', 1, 118)]);
  expect(await signals()).toEqual([]);
  await eventually('the long wait is found', async () => (await signals()).length === 1);
});

it('fits models of value without being asked', async () => {
  await system.take(
    Array.from({ length: 20 }, (_, customer) =>
      Array.from({ length: 1 + (customer % 4) }, (_order, number) => ({
        type: 'track',
        userId: `u${customer}`,
        event: 'Order Completed',
        messageId: `order-${customer}-${number}`,
        timestamp: new Date(Date.now() - (200 - customer - number * 30) * 86_400 * SECOND_MS).toISOString(),
        properties: { order_id: `${customer}-${number}`, total: 10 + customer, currency: 'EUR' },
      })),
    ).flat(),
  );
  await eventually('a model is there', async () => (await system.ask('select from value_model where workspace_id = 1')).length === 1);
});
