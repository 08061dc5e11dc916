import { SALESFORCE } from '../../../src/intake/webhooks/salesforce/salesforce';
import { UnreadablePayload } from '../../../src/intake/webhooks/webhookVendor';
import type { JsonObject } from '../../../src/kernel/json';
import { mapped } from './mapped';
import { vendorFixture } from './vendorFixture';

const COMMITTED_AT = '2026-05-01T10:00:00.000Z';

function aChange(entityName: string, changeType: string, fields: object, header: object = {}): JsonObject {
  const known = {
    entityName,
    changeType,
    recordIds: ['500A'],
    transactionKey: 'tx-1',
    sequenceNumber: 1,
    commitTimestamp: Date.parse(COMMITTED_AT),
  };
  return {
    data: { payload: { ChangeEventHeader: { ...known, ...header }, ...fields }, event: { replayId: 1 } },
    channel: `/data/${entityName}ChangeEvent`,
  };
}

const steps = (payload: JsonObject) => mapped(SALESFORCE, payload).map(({ kind, name }) => `${kind} ${name}`);

describe('a change of a contact', () => {
  it('says what changed of whom', () => {
    expect(mapped(SALESFORCE, vendorFixture('salesforce-cdc-contact-update').payload)).toEqual([
      expect.objectContaining({
        kind: 'IDENTIFIED',
        department: 'SALES',
        channel: 'API',
        direction: 'INTERNAL',
        occurredAt: '2017-07-25T19:16:46.653Z',
        properties: { email: 'ada.lovelace@example.com', phone: '+442079460000' },
        identifiers: ['salesforce.contact_id:0035e00000ABCDEAA4', 'email:ada.lovelace@example.com', 'phone:+442079460000'],
      }),
    ]);
  });

  it('is read without its envelope, and in lists, too', () => {
    const change = aChange('Contact', 'UPDATE', { Email: 'a@example.com' });
    expect(mapped(SALESFORCE, change['data'] as JsonObject)).toEqual(mapped(SALESFORCE, change));
    expect(mapped(SALESFORCE, [change, change])).toHaveLength(2);
  });

  it('of several records is one of each', () => {
    const all = mapped(SALESFORCE, aChange('Contact', 'UPDATE', { Title: 'Countess' }, { recordIds: ['003A', '003B'] }));
    expect(all.map(({ messageId, identifiers }) => [messageId, ...identifiers])).toEqual([
      ['tx-1:1:003A', 'salesforce.contact_id:003A'],
      ['tx-1:1:003B', 'salesforce.contact_id:003B'],
    ]);
  });

  it('has names and addresses of several parts, fields of the company’s own, and emptied ones', () => {
    const fields = {
      Name: { FirstName: 'Ada', LastName: 'Lovelace' },
      MailingAddress: { Street: '12 St James Square', City: 'London', CountryCode: 'GB' },
      Plan__c: 'pro',
      LastModifiedDate: COMMITTED_AT,
      Title: null,
    };
    expect(mapped(SALESFORCE, aChange('Contact', 'UPDATE', fields, { nulledFields: ['Title', 'OwnerId'] }))[0]?.properties).toEqual({
      firstName: 'Ada',
      lastName: 'Lovelace',
      address: { street: '12 St James Square', city: 'London', country: 'GB' },
      Plan__c: 'pro',
      title: null,
    });
  });

  it('joins its account', () => {
    expect(mapped(SALESFORCE, aChange('Contact', 'CREATE', { AccountId: '001A' }))).toMatchObject([
      { kind: 'IDENTIFIED' },
      { kind: 'ACCOUNT_JOINED', subject: { type: 'account', externalId: '001A' }, identifiers: ['salesforce.contact_id:500A'] },
    ]);
  });
});

describe('a lead', () => {
  it('is created, and says who it is', () => {
    expect(mapped(SALESFORCE, aChange('Lead', 'CREATE', { Email: 'a@example.com', LeadSource: 'Web', Status: 'Open' }))).toMatchObject([
      {
        kind: 'LEAD_CREATED',
        properties: { lead_source: 'Web', stage: 'Open' },
        identifiers: ['salesforce.lead_id:500A', 'email:a@example.com'],
      },
      { kind: 'IDENTIFIED', identifiers: ['salesforce.lead_id:500A', 'email:a@example.com'] },
    ]);
  });

  it('converted is the contact that it became', () => {
    expect(mapped(SALESFORCE, aChange('Lead', 'UPDATE', { IsConverted: true, ConvertedContactId: '003A' }))).toMatchObject([
      { kind: 'IDENTIFIED', identifiers: ['salesforce.contact_id:003A', 'salesforce.lead_id:500A'] },
    ]);
  });
});

describe('an opportunity', () => {
  it('is created and changes its stage', () => {
    const created = { StageName: 'Prospecting', Amount: 12000.5, CurrencyIsoCode: 'EUR', Name: 'Engine', ContactId: '003A' };
    expect(mapped(SALESFORCE, aChange('Opportunity', 'CREATE', created))).toMatchObject([
      {
        kind: 'DEAL_STAGE_CHANGED',
        name: 'Opportunity Created',
        subject: { type: 'deal', externalId: '500A' },
        properties: { stage: 'Prospecting', amount: '12000.5', currency: 'EUR', name: 'Engine' },
        identifiers: ['salesforce.contact_id:003A', 'salesforce.opportunity_id:500A'],
      },
    ]);
    expect(mapped(SALESFORCE, aChange('Opportunity', 'UPDATE', { StageName: 'Closed Won' }))).toMatchObject([
      { name: 'Opportunity Stage Changed', properties: { stage: 'Closed Won' } },
    ]);
    expect(mapped(SALESFORCE, aChange('Opportunity', 'UPDATE', { Amount: 1 }))).toEqual([]);
  });
});

describe('a case', () => {
  it('is opened by the channel that it came by', () => {
    const fields = {
      Origin: 'Phone',
      Subject: 'Engine stuck',
      Description: 'It stops.',
      Priority: 'High',
      Reason: 'Breakdown',
      ContactId: '003A',
      SuppliedEmail: 'a@example.com',
    };
    expect(mapped(SALESFORCE, aChange('Case', 'CREATE', fields))).toMatchObject([
      {
        kind: 'CONVERSATION_OPENED',
        department: 'SUPPORT',
        channel: 'PHONE',
        direction: 'INBOUND',
        subject: { type: 'case', externalId: '500A' },
        properties: { subject: 'Engine stuck', description: 'It stops.', priority: 'High', topic: 'Breakdown' },
        identifiers: ['salesforce.contact_id:003A', 'email:a@example.com', 'salesforce.case_id:500A'],
      },
    ]);
  });

  it.each([
    [{ Status: 'Closed' }, {}, ['CONVERSATION_SOLVED Case Solved']],
    [{ Status: 'On Hold' }, {}, ['CONVERSATION_ON_HOLD Case On Hold']],
    [{ Status: 'Escalated', IsEscalated: true }, {}, ['CONVERSATION_ESCALATED Case Escalated']],
    [{ Status: 'Reopened' }, { nulledFields: ['ClosedDate'] }, ['CONVERSATION_REOPENED Case Reopened']],
    [{ Status: 'Working' }, { nulledFields: ['ClosedDate'] }, ['CONVERSATION_REOPENED Case Reopened']],
    [{ Status: 'Working', OwnerId: '005A' }, {}, ['CONVERSATION_ASSIGNED Case Assigned']],
    [{ Status: 'Closed', OwnerId: '005A' }, {}, ['CONVERSATION_SOLVED Case Solved', 'CONVERSATION_ASSIGNED Case Assigned']],
    [{ Priority: 'Low' }, {}, []],
  ])('with %j %j is %j', (fields, header, expected) => {
    const payload = aChange('Case', 'UPDATE', fields, header);
    expect(steps(payload)).toEqual(expected);
    expect(new Set(mapped(SALESFORCE, payload).map(({ messageId }) => messageId)).size).toBe(expected.length);
  });

  it('is replied to by letters and comments', () => {
    const letter = { ParentId: '500A', Incoming: true, FromAddress: 'a@example.com', TextBody: 'It stops again.' };
    expect(mapped(SALESFORCE, aChange('EmailMessage', 'CREATE', letter, { recordIds: ['02sA'] }))).toMatchObject([
      {
        kind: 'CONVERSATION_REPLIED',
        channel: 'EMAIL',
        direction: 'INBOUND',
        subject: { type: 'case', externalId: '500A' },
        identifiers: ['email:a@example.com', 'salesforce.case_id:500A'],
      },
    ]);
    expect(mapped(SALESFORCE, aChange('EmailMessage', 'CREATE', { ...letter, Incoming: false }))).toMatchObject([
      { direction: 'OUTBOUND', identifiers: ['salesforce.case_id:500A'] },
    ]);
    const comment = { ParentId: '500A', CommentBody: 'Oil it.', IsPublished: true };
    expect(mapped(SALESFORCE, aChange('CaseComment', 'CREATE', comment))).toMatchObject([
      { kind: 'CONVERSATION_REPLIED', direction: 'OUTBOUND', properties: { comment: 'Oil it.' } },
    ]);
    expect(mapped(SALESFORCE, aChange('CaseComment', 'CREATE', { ...comment, IsPublished: false }))).toMatchObject([
      { direction: 'INTERNAL' },
    ]);
  });
});

describe('a platform event', () => {
  it('that names a stage is a deal’s', () => {
    expect(mapped(SALESFORCE, vendorFixture('salesforce-platform-event').payload)).toEqual([
      expect.objectContaining({
        kind: 'DEAL_STAGE_CHANGED',
        department: 'SALES',
        occurredAt: '2024-04-09T18:31:40.517Z',
        messageId: 'e981b488-81f3-4fcc-bd6f-f7033c9d7ac3',
        properties: expect.objectContaining({ stage: 'Closed Won', amount: '12000' }),
        identifiers: ['email:ada.lovelace@example.com'],
      }),
    ]);
  });

  it('of another kind keeps its own name, and must name somebody', () => {
    const anEvent = (fields: object) => ({
      data: { payload: { CreatedDate: COMMITTED_AT, ...fields }, event: { EventUuid: 'u-1' } },
      channel: '/event/Demo_Requested__e',
    });
    expect(mapped(SALESFORCE, anEvent({ Contact_Id__c: '003A', Notes__c: 'soon' }))).toMatchObject([
      { kind: 'DEMO_REQUESTED', name: 'Demo Requested', properties: { Notes: 'soon' }, identifiers: ['salesforce.contact_id:003A'] },
    ]);
    expect(() => SALESFORCE.toMessages(anEvent({ Notes__c: 'soon' }), {}, {})).toThrow(UnreadablePayload);
  });
});

it('has nothing to say of gaps, deletions and other entities, and can not read what is no event', () => {
  for (const type of ['GAP_UPDATE', 'GAP_OVERFLOW', 'DELETE']) expect(mapped(SALESFORCE, aChange('Contact', type, {}))).toEqual([]);
  expect(mapped(SALESFORCE, aChange('Account', 'UPDATE', { Name: 'Engines' }))).toEqual([]);
  const unreadable = [null, 7, {}, { data: {} }, aChange('Contact', 'EXPLODE', {}), aChange('Contact', 'UPDATE', {}, { recordIds: [] })];
  for (const payload of unreadable) expect(() => SALESFORCE.toMessages(payload, {}, {})).toThrow(UnreadablePayload);
});
