import { deliveryJson } from '../../../src/intake/webhooks/storedDelivery';
import { appendInbox } from '../../../src/storage/statements/appendInbox';
import { setWorkspace } from '../../../src/storage/statements/setWorkspace';
import { aMessage, DecisionWorld, email } from '../decisions/decisionWorld';

const MAILCHIMP = 11;

let told: DecisionWorld;
beforeAll(async () => {
  told = await DecisionWorld.start();
  await told.world.query(
    `insert into source (workspace_id, source_id, name, type, department, created_at) values (1, $1, 'Letters', 'mailchimp', 0, now())`,
    [MAILCHIMP],
  );
});
afterAll(() => told.stop());

const SUPPRESS =
  'mutation ($id: ID!, $suppressed: Boolean!) { suppressProfile(input: { profileId: $id, suppressed: $suppressed }) { profile { id } } }';
const of = async (type: string, value: string, fields: string) =>
  (await told.do(`query ($i: IdentifierInput!) { profile(identifier: $i) { ${fields} } }`, { i: { type, value } })).profile;
const isSuppressed = async (visitor: string) => (await of('anonymous_id', visitor, 'suppressed')).suppressed;
const granted = async (visitor: string) => (await of('anonymous_id', visitor, 'consents { purpose granted source { name } }')).consents;
const consent = (minute: number, visitor: string, isGranted: boolean) =>
  aMessage(minute, { anonymousId: visitor, event: 'Consent Changed', properties: { purpose: 'email', granted: isGranted } });

/** What the door keeps of a vendor's delivery, processed. */
async function deliver(payload: object): Promise<void> {
  const receivedAtMs = Date.UTC(2026, 4, 1);
  const body = Buffer.from(deliveryJson({ receivedAtMs, headers: {}, payload: payload as never }));
  const client = await told.world.pool.connect();
  await setWorkspace(client, 1, 'connection');
  await appendInbox(client, 1, [{ sourceId: MAILCHIMP, receivedAtMs, messageCount: 1, call: 'webhook', refused: [], body }]);
  client.release();
  await told.world.drain(told.world.newLane());
}

describe('suppression', () => {
  it.each([
    ['the larger', ['loud-1', 'loud-1', 'loud-1'], 'quiet-1'],
    ['the smaller', ['quiet-2'], 'loud-2'],
  ])('survives a merge, whoever of the two survives, with the suppressed one as %s, and its undoing', async (_which, first, other) => {
    await told.hear(
      ...first.map((anonymousId, at) => aMessage(at, { anonymousId })),
      aMessage(9, { anonymousId: other, ...email(`${other}@example.com`) }),
    );
    const [one = ''] = first;
    const [suppressed, free] = [await told.idOf('anonymous_id', one), await told.idOf('anonymous_id', other)];
    await told.do(SUPPRESS, { id: suppressed, suppressed: true });
    const { mergeIds } = await told.merge([suppressed, free]);
    expect([await isSuppressed(one), await isSuppressed(other)]).toEqual([true, true]);
    await told.undo(mergeIds[0] as string);
    expect([await isSuppressed(one), await isSuppressed(other)]).toEqual([true, false]);
  });

  it('is of a customer whom a message brings together with one who is suppressed', async () => {
    await told.hear(aMessage(1, { anonymousId: 'known', ...email('known@example.com') }));
    await told.do(SUPPRESS, { id: await told.idOf('anonymous_id', 'known'), suppressed: true });
    await told.hear(aMessage(2, { anonymousId: 'new-device' }), aMessage(3, { anonymousId: 'new-device', ...email('known@example.com') }));
    expect(await isSuppressed('new-device')).toBe(true);
  });
});

describe('consent', () => {
  it('is the most restrictive of those who were merged, and each one’s own again once that is undone', async () => {
    await told.hear(consent(1, 'says-yes', true), consent(2, 'says-no', false), consent(3, 'says-yes', true));
    const { mergeIds } = await told.merge([await told.idOf('anonymous_id', 'says-yes'), await told.idOf('anonymous_id', 'says-no')]);
    expect(await granted('says-yes')).toMatchObject([{ purpose: 'email', granted: false }]);
    await told.undo(mergeIds[0] as string);
    expect(await granted('says-yes')).toMatchObject([{ purpose: 'email', granted: true }]);
    expect(await granted('says-no')).toMatchObject([{ purpose: 'email', granted: false }]);
  });

  it('comes in from tools, too: who unsubscribes from a newsletter does not grant e-mail, whatever the site was told', async () => {
    await told.hear(aMessage(1, { anonymousId: 'reader', ...email('reader@example.com') }), consent(2, 'reader', true));
    expect(await granted('reader')).toMatchObject([{ purpose: 'email', granted: true }]);
    await deliver({
      type: 'unsubscribe',
      fired_at: '2026-04-30 10:00:00',
      'data[email]': 'reader@example.com',
      'data[list_id]': 'l',
      'data[id]': 's',
    });
    expect(await granted('reader')).toEqual([{ purpose: 'email', granted: false, source: { name: 'Letters' } }]);
  });

  it('has its history on the timeline', async () => {
    const nodes = 'timeline(first: 10, filter: { kinds: [CONSENT_CHANGED] }) { nodes { occurredAt properties } }';
    const { timeline } = await of('anonymous_id', 'says-yes', nodes);
    expect(timeline.nodes.map(({ properties }: { properties: { granted: boolean } }) => properties.granted)).toEqual([true, true]);
  });
});
