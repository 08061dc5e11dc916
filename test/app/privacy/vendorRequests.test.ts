import { ErasureLoop } from '../../../src/app/privacy/erasureLoop';
import { deliveryJson } from '../../../src/intake/webhooks/storedDelivery';
import { newUuidV7 } from '../../../src/kernel/uuid';
import { appendInbox } from '../../../src/storage/statements/appendInbox';
import { setWorkspace } from '../../../src/storage/statements/setWorkspace';
import { aMessage, DecisionWorld, email } from '../decisions/decisionWorld';
import { everythingSaid, tablesThatSay } from './everythingSaid';

const HUBSPOT = 11;
const SHOPIFY = 12;

let told: DecisionWorld;
beforeAll(async () => {
  told = await DecisionWorld.start();
  await told.world.query(
    `insert into source (workspace_id, source_id, name, type, department, created_at)
     values (1, $1, 'HubSpot', 'hubspot', 0, now()), (1, $2, 'Shop', 'shopify', 1, now())`,
    [HUBSPOT, SHOPIFY],
  );
});
afterAll(() => told.stop());

/** What the door keeps of a vendor's delivery, processed, and what it asks for carried out. */
async function deliver(sourceId: number, payload: object, headers: Record<string, string> = {}): Promise<void> {
  const receivedAtMs = Date.now();
  const body = Buffer.from(deliveryJson({ receivedAtMs, headers, payload: payload as never }));
  const client = await told.world.pool.connect();
  await setWorkspace(client, 1, 'connection');
  await appendInbox(client, 1, [{ sourceId, receivedAtMs, messageCount: 1, call: 'webhook', refused: [], body }]);
  client.release();
  await told.world.drain(told.world.newLane());
  const loop = new ErasureLoop({ pool: told.world.pool, clock: Date.now, newId: () => newUuidV7(Date.now()) });
  await loop.run();
}

const find = async (type: string, value: string) =>
  (await told.do('query ($i: IdentifierInput!) { profile(identifier: $i) { id } }', { i: { type, value } })).profile;
const erasures = () =>
  told.world.query('select requested_by, finished_at is not null as is_finished, erased from erasure order by requested_at');

const deletion = (objectId: number, eventId: number) => [
  { eventId, subscriptionId: 25, subscriptionType: 'contact.privacyDeletion', occurredAt: Date.UTC(2026, 2, 2), objectId },
];
const contact = (objectId: number, eventId: number, address: string) => ({
  eventId,
  subscriptionType: 'contact.propertyChange',
  propertyName: 'email',
  propertyValue: address,
  occurredAt: Date.UTC(2026, 2, 1),
  objectId,
});

it('erases the contact whom HubSpot has deleted for privacy, once however often it says so', async () => {
  await deliver(HUBSPOT, [contact(901, 1, 'marie@example.com'), contact(902, 2, 'pierre@example.com')]);
  await told.hear(aMessage(5, { anonymousId: 'marie-visitor', ...email('marie@example.com') }));
  await deliver(HUBSPOT, deletion(901, 3));
  await deliver(HUBSPOT, deletion(901, 3));
  const said = await everythingSaid(told.world.database.owner);
  expect(tablesThatSay(said, ['marie'])).toEqual([]);
  expect(await find('email', 'pierre@example.com')).not.toBeNull();
  expect(await erasures()).toMatchObject([
    { requested_by: `hubspot src_${HUBSPOT}`, is_finished: true, erased: { profile: 1, interaction: 2 } },
  ]);
  await deliver(HUBSPOT, [contact(901, 1, 'marie@example.com')]);
  expect(await find('hubspot.contact_id', '901')).toBeNull();
});

it('erases by the address where Shopify’s id is not known, and keeps the id erased from then on', async () => {
  await told.hear(aMessage(6, { anonymousId: 'irene-visitor', ...email('irene@example.com') }));
  const topic = (name: string, event: string) => ({
    'x-shopify-topic': name,
    'x-shopify-event-id': event,
    'x-shopify-triggered-at': '2026-03-03T00:00:00Z',
  });
  const customer = { id: 6207119990021, email: 'Irene@example.com', phone: null };
  await deliver(SHOPIFY, { shop_id: 1, customer, orders_to_redact: [] }, topic('customers/redact', 'e1'));
  expect(tablesThatSay(await everythingSaid(told.world.database.owner), ['irene', '6207119990021'])).toEqual([]);
  const before = { id: 6207119990021, email: 'irene@example.com', first_name: 'Irene', updated_at: '2026-03-01T00:00:00Z' };
  await deliver(SHOPIFY, before, topic('customers/update', 'e0'));
  expect(await find('shopify.customer_id', '6207119990021')).toBeNull();
});

it('notes on the timeline that a customer of a shop asked for their data', async () => {
  const headers = { 'x-shopify-topic': 'customers/data_request', 'x-shopify-event-id': 'e3' };
  await deliver(SHOPIFY, { customer: { id: 4712, email: 'eve@example.com' }, orders_requested: [1, 2], data_request: { id: 99 } }, headers);
  const { profile } = await told.do(
    '{ profile(identifier: { type: "shopify.customer_id", value: "4712" }) { email timeline { nodes { name properties } } } }',
  );
  expect(profile).toEqual({
    email: 'eve@example.com',
    timeline: { nodes: [{ name: 'Data Requested', properties: { request_id: '99', orders: 2 } }] },
  });
});
