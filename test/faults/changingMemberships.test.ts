import { ChangingCustomers } from '../../bench/faults/changingCustomers';
import { differencesIn } from '../../bench/faults/segmentBooks';
import { type ChangingSystem, countChanges, prepare, surviveChanges } from '../../bench/faults/segmentSurvival';
import { type Mood, WebhookReceiver } from '../../bench/faults/webhookReceiver';
import { eventually } from '../journeys/eventually';
import { System } from '../journeys/system';

jest.setTimeout(300_000);

const CUSTOMERS = 40;
const CHANGES = 600;
/** Long enough to be found in, and short enough to wait for. */
const COUNTS_ON_MS = [3_000, 6_000] as const;

let system: System;
let receiver: WebhookReceiver;
let moods: Mood[];

beforeEach(async () => {
  moods = [];
  receiver = await WebhookReceiver.start(() => moods.shift() ?? 'TAKEN');
  process.env['WEBHOOK_ALLOW_PRIVATE'] = 'true';
  system = await System.start();
  await prepare(changing(), receiver);
});
afterEach(async () => {
  delete process.env['WEBHOOK_ALLOW_PRIVATE'];
  await system.stop();
  await receiver.stop();
});

function changing(): ChangingSystem {
  const { address, apiKey, writeKey } = system;
  return { address, apiKey, writeKey, databaseUrl: system.database.url, ask: (statement, values) => system.ask(statement, values) };
}

/** As if the time of whoever took them were over. Nobody else must be at it. */
const endLeases = () => system.ask('update delivery set leased_until = now() where leased_until is not null');

it('tells every change of a membership, in order, and none that was not, although worker and API are killed', async () => {
  moods = ['TAKEN', 'REFUSED', 'TAKEN', 'CUT', 'TAKEN'];
  const customers = new ChangingCustomers(CUSTOMERS, COUNTS_ON_MS);
  const { books } = await surviveChanges(changing(), receiver, customers, CHANGES, async () => {
    for (const share of [0.2, 0.6]) {
      await eventually('there are some changes', async () => (await countChanges(changing())) >= CHANGES * share);
      moods.push('HANGS');
      await system.kill('worker');
      await endLeases();
      await system.restart('worker');
      await system.kill('api');
      await system.restart('api');
    }
  });
  expect(differencesIn(books)).toEqual({});
  expect(books.changes).toBeGreaterThanOrEqual(CHANGES);
  expect(books.repeats).toBeGreaterThan(0);
});

it('sends again under the same id what a killed worker had taken, once its lease is over', async () => {
  moods = ['HANGS'];
  await system.take([{ type: 'identify', userId: 'ada', messageId: 'one', traits: { tier: 'gold', score: 80 } }]);
  await eventually('the first is being sent', () => receiver.receipts.length === 1);
  const leased = () => system.ask<{ change_id: string }>('select d.change_id from delivery d where d.leased_until > now()');
  expect(await leased()).toHaveLength(1);
  await system.kill('worker');
  await system.restart('worker');
  await system.take([{ type: 'identify', userId: 'bob', messageId: 'two', traits: { tier: 'gold', score: 80 } }]);
  await eventually('somebody else was told of', async () => {
    return (await system.ask(`select from delivery d where d.status = 'PENDING' and d.leased_until is null`)).length > 0;
  });
  await eventually('all but what is behind the one that was taken', () => receiver.receipts.length > 1);
  const [lost] = receiver.receipts;
  expect(receiver.receipts.slice(1).every(({ profileId }) => profileId !== lost?.profileId)).toBe(true);
  expect(await leased()).not.toEqual([]);
  await endLeases();
  await eventually(
    'everything is delivered',
    async () => (await system.ask(`select from delivery d where d.status = 'PENDING'`)).length === 0,
  );
  const again = receiver.receipts.filter(({ profileId }) => profileId === lost?.profileId);
  expect(again[1]).toEqual({ ...lost, isTaken: true });
  expect(new Set(again.map(({ webhookId }) => webhookId)).size).toBe(again.length - 1);
  expect(receiver.receipts.every(({ isSigned }) => isSigned)).toBe(true);
});
