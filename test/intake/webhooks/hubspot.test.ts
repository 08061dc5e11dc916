import { HUBSPOT } from '../../../src/intake/webhooks/hubspot/hubspot';
import { UnreadablePayload } from '../../../src/intake/webhooks/webhookVendor';
import { mapped } from './mapped';
import { vendorFixture } from './vendorFixture';

const OCCURRED_AT = '2026-05-01T10:00:00.000Z';
const anEvent = (subscriptionType: string, fields: object = {}) => ({
  eventId: 100,
  subscriptionId: 7,
  portalId: 62515,
  occurredAt: Date.parse(OCCURRED_AT),
  attemptNumber: 0,
  subscriptionType,
  objectId: 251,
  ...fields,
});
const captured = (name: string) => {
  const { payload, headers } = vendorFixture(name);
  return mapped(HUBSPOT, payload, headers);
};

describe('a batch of events that an app is subscribed to', () => {
  it('is a new contact, its address, a deal won and two contacts made one', () => {
    expect(captured('hubspot-contact-propertychange')).toEqual([
      expect.objectContaining({
        kind: 'IDENTIFIED',
        identifiers: ['hubspot.contact_id:65059681032'],
        occurredAt: '2024-02-26T22:29:58.741Z',
      }),
      expect.objectContaining({
        kind: 'IDENTIFIED',
        properties: { email: 'ada.lovelace@example.com' },
        identifiers: ['hubspot.contact_id:65059681032', 'email:ada.lovelace@example.com'],
      }),
      expect.objectContaining({
        kind: 'DEAL_STAGE_CHANGED',
        department: 'SALES',
        direction: 'INTERNAL',
        subject: { type: 'deal', externalId: '17512345678' },
        properties: { deal_id: '17512345678', stage: 'closedwon', stage_name: 'Closed won' },
        identifiers: ['hubspot.deal_id:17512345678'],
      }),
      expect.objectContaining({
        kind: 'IDENTIFIED',
        identifiers: ['hubspot.contact_id:65059681001', 'hubspot.contact_id:65059681032'],
        aliases: [[1, 0]],
      }),
    ]);
  });

  it('names an event by its id and its subscription, whichever attempt it is', () => {
    const [one, again, other] = mapped(HUBSPOT, [
      anEvent('contact.creation'),
      anEvent('contact.creation', { attemptNumber: 3 }),
      anEvent('contact.creation', { subscriptionId: 8 }),
    ]);
    expect(one?.messageId).toBe('100:7');
    expect(again?.messageId).toBe('100:7');
    expect(other?.messageId).toBe('100:8');
  });

  it.each([
    [{ propertyName: 'firstname', propertyValue: 'Ada' }, { firstName: 'Ada' }],
    [{ propertyName: 'jobtitle', propertyValue: '' }, { title: null }],
    [{ propertyName: 'favourite_engine', propertyValue: 'analytical' }, { favourite_engine: 'analytical' }],
    [{ propertyName: '__proto__', propertyValue: 'x' }, Object.fromEntries([['__proto__', 'x']])],
  ])('takes a changed property %j for the trait %j', (fields, traits) => {
    expect(mapped(HUBSPOT, [anEvent('contact.propertyChange', fields)])[0]?.properties).toEqual(traits);
  });

  it('takes further addresses and numbers of a contact for the contact', () => {
    const change = { propertyName: 'hs_additional_emails', propertyValue: 'a@example.com; b@example.com;' };
    expect(mapped(HUBSPOT, [anEvent('contact.propertyChange', change)])[0]?.identifiers).toEqual([
      'hubspot.contact_id:251',
      'email:a@example.com',
      'email:b@example.com',
    ]);
    const phone = { propertyName: 'phone', propertyValue: '+1 202 555 0143' };
    expect(mapped(HUBSPOT, [anEvent('contact.propertyChange', phone)])[0]?.identifiers).toEqual([
      'hubspot.contact_id:251',
      'phone:+12025550143',
    ]);
  });

  it('reads records that are named by the number of their type, too', () => {
    const change = anEvent('object.propertyChange', { objectTypeId: '0-3', propertyName: 'dealstage', propertyValue: 'qualifiedtobuy' });
    expect(mapped(HUBSPOT, [change, anEvent('object.creation', { objectTypeId: '0-1' })])).toMatchObject([
      { kind: 'DEAL_STAGE_CHANGED' },
      { kind: 'IDENTIFIED' },
    ]);
  });

  it('declares each merged contact one with the contact that stays, by a message of its own', () => {
    const merge = anEvent('contact.merge', { objectId: 3, primaryObjectId: 1, newObjectId: 3, mergedObjectIds: [1, 2, 4] });
    const all = mapped(HUBSPOT, [merge]);
    expect(all.map(({ identifiers }) => identifiers)).toEqual([
      ['hubspot.contact_id:1', 'hubspot.contact_id:2', 'hubspot.contact_id:3'],
      ['hubspot.contact_id:1', 'hubspot.contact_id:3', 'hubspot.contact_id:4'],
    ]);
    expect(new Set(all.map(({ messageId }) => messageId)).size).toBe(2);
  });

  it('starts a deal', () => {
    expect(mapped(HUBSPOT, [anEvent('deal.creation')])).toMatchObject([{ kind: 'DEAL_STAGE_CHANGED', name: 'Deal Created' }]);
  });

  it('leaves out what is nobody’s interaction', () => {
    const types = ['deal.associationChange', 'contact.deletion', 'company.creation', 'constructor'];
    const change = anEvent('deal.propertyChange', { propertyName: 'hubspot_owner_id', propertyValue: '1' });
    expect(mapped(HUBSPOT, [...types.map((type) => anEvent(type)), change])).toEqual([]);
  });

  it('asks for the erasure of a contact who was deleted for privacy', () => {
    expect(HUBSPOT.toMessages([anEvent('contact.privacyDeletion')], {}, {})).toMatchObject([
      { erases: true, context: { externalIds: [{ type: 'hubspot.contact_id', id: '251' }] } },
    ]);
  });
});

describe('a record that a workflow sent', () => {
  it('is the whole contact, without what HubSpot counts and computes', () => {
    expect(captured('hubspot-workflow-contact')).toEqual([
      expect.objectContaining({
        kind: 'IDENTIFIED',
        department: 'SALES',
        occurredAt: '2023-04-02T15:08:42.728Z',
        messageId: 'a14b39fd-3844-4247-9854-4fe205102f28:251',
        properties: { email: 'kovatif642@cyclesat.com', firstName: 'Kovat', lastName: 'Tif', title: 'Writer', lifecyclestage: 'lead' },
        identifiers: ['hubspot.contact_id:251', 'email:kovatif642@cyclesat.com'],
        aliases: [],
      }),
    ]);
  });

  it('is a deal with its stage and amount', () => {
    expect(captured('hubspot-workflow-deal')).toEqual([
      expect.objectContaining({
        kind: 'DEAL_STAGE_CHANGED',
        department: 'SALES',
        occurredAt: '2023-04-02T13:36:14.451Z',
        subject: { type: 'deal', externalId: '7036839888' },
        properties: {
          deal_id: '7036839888',
          stage: 'appointmentscheduled',
          stage_name: 'Appointment scheduled',
          amount: '50000000',
          name: 'High Deal',
          pipeline: 'default',
        },
        identifiers: ['hubspot.deal_id:7036839888'],
      }),
    ]);
  });

  const aDeal = (associatedVids: number[]) => ({
    objectId: 9,
    objectTypeId: '0-3',
    properties: { dealstage: { value: 'closedwon', timestamp: Date.parse(OCCURRED_AT) } },
    associations: { associatedVids },
  });

  it('is its contact’s deal', () => {
    expect(mapped(HUBSPOT, aDeal([251]))).toMatchObject([{ identifiers: ['hubspot.contact_id:251', 'hubspot.deal_id:9'] }]);
  });

  it('of several contacts is each one’s, and makes no customer of two', () => {
    const all = mapped(HUBSPOT, aDeal([251, 252]));
    expect(all.map(({ identifiers }) => identifiers)).toEqual([['hubspot.contact_id:251'], ['hubspot.contact_id:252']]);
    expect(new Set(all.map(({ messageId }) => messageId)).size).toBe(2);
  });

  it('that was merged before is one with what it was', () => {
    const contact = { vid: 251, 'canonical-vid': 252, 'merged-vids': [250], properties: { lastmodifieddate: { value: '1680448122728' } } };
    const [one] = mapped(HUBSPOT, contact);
    expect(one).toMatchObject({
      identifiers: ['hubspot.contact_id:250', 'hubspot.contact_id:251', 'hubspot.contact_id:252'],
      aliases: [
        [2, 1],
        [2, 0],
      ],
    });
  });

  it('without a date of change happened when anything of it changed last', () => {
    const properties = { plan: { value: 'pro', versions: [{ timestamp: 1680448122728 }, { timestamp: 1680448122000 }] } };
    expect(mapped(HUBSPOT, { vid: 251, properties })[0]?.occurredAt).toBe('2023-04-02T15:08:42.728Z');
  });

  it('of another kind is left out, and a body that is no record can not be read', () => {
    expect(mapped(HUBSPOT, { objectId: 9, objectTypeId: '0-2', properties: {} })).toEqual([]);
    for (const body of ['', 7, {}, [7], [{}], [anEvent('contact.creation', { occurredAt: 'never' })]]) {
      expect(() => HUBSPOT.toMessages(body, {}, {})).toThrow(UnreadablePayload);
    }
  });
});
