import type { JsonObject } from '../../../src/kernel/json';
import { told, toldOne } from './told';
import { fixture } from './vendorFixture';

describe('a response to a Typeform', () => {
  const NPS = fixture('typeform-nps-response');
  const RESPONSE = NPS['form_response'] as JsonObject;
  const response = (fields: JsonObject): JsonObject => ({ ...NPS, form_response: { ...RESPONSE, ...fields } });
  const scored = (field: JsonObject, number: number): JsonObject =>
    response({
      definition: { title: 'Help', fields: [{ id: 'f', ...field }] },
      answers: [{ type: 'number', number, field: { id: 'f', ...field } }],
    });

  it('with an NPS question is an answer to it, with the reason, of who the link and the answers name', () => {
    expect(toldOne('typeform', NPS, { department: 'PRODUCT' })).toMatchObject({
      kind: 'SURVEY_ANSWERED',
      department: 'PRODUCT',
      channel: 'WEB',
      direction: 'INBOUND',
      subject: { type: 'survey', externalId: 'lT4Z3j' },
      occurredAt: '2024-02-02T10:15:12.000Z',
      who: ['email ada.lovelace@example.com', 'user_id user-ada'],
      properties: { survey_type: 'nps', score: 9, scale_min: 0, scale_max: 10, comment: 'Fast help', survey_name: 'NPS Q1' },
    });
  });

  it.each([
    [
      { type: 'opinion_scale', ref: 'csat', properties: { steps: 5, start_at_one: true } },
      { survey_type: 'csat', scale_min: 1, scale_max: 5 },
    ],
    [
      { type: 'opinion_scale', ref: 'x', title: 'Would you recommend us?' },
      { survey_type: 'nps', scale_min: 0, scale_max: 10 },
    ],
    [
      { type: 'rating', ref: 'stars', properties: { steps: 3 } },
      { survey_type: 'csat', scale_min: 1, scale_max: 3 },
    ],
    [
      { type: 'rating', ref: 'stars' },
      { survey_type: 'csat', scale_min: 1, scale_max: 5 },
    ],
    [
      { type: 'opinion_scale', ref: 'ces', properties: { steps: 7, start_at_one: true } },
      { survey_type: 'ces', version: '2.0', scale_min: 1, scale_max: 7 },
    ],
    [
      { type: 'opinion_scale', title: 'How much effort was it?', properties: { steps: 5, start_at_one: true } },
      { survey_type: 'ces', version: '1.0', scale_min: 1, scale_max: 5 },
    ],
  ])('with the question %j is on the scale %j', (field, properties) => {
    expect(toldOne('typeform', scored(field, 3)).properties).toMatchObject({ ...properties, score: 3 });
  });

  it('is read as the settings say where its words tell it wrong', () => {
    const settings = { questions: { q: { surveyType: 'ces', scaleMin: 1, scaleMax: 7 } } };
    expect(toldOne('typeform', scored({ type: 'opinion_scale', ref: 'q' }, 6), { settings }).properties).toMatchObject({
      survey_type: 'ces',
      scale_min: 1,
      scale_max: 7,
      version: '2.0',
    });
  });

  it('without a scale is feedback', () => {
    const answers = [
      { type: 'text', text: 'More colours', field: { id: 'a', type: 'long_text', ref: 'wish' } },
      { type: 'choice', choice: { label: 'Blue' }, field: { id: 'b', type: 'multiple_choice', ref: 'colour' } },
    ];
    expect(toldOne('typeform', response({ answers }))).toMatchObject({
      kind: 'FEEDBACK_GIVEN',
      properties: { comment: 'More colours', answers: { wish: 'More colours', colour: 'Blue' } },
    });
  });

  it('with two scales is two answers, whose names differ', () => {
    const answers = ['nps', 'rating'].map((type) => ({ type: 'number', number: 4, field: { id: type, type, ref: type } }));
    const { interactions } = told('typeform', response({ answers, definition: {} }));
    expect(interactions.map(({ properties }) => properties['survey_type'])).toEqual(['nps', 'csat']);
    expect(new Set(interactions.map(({ messageId }) => messageId)).size).toBe(2);
  });

  it('of somebody who says nothing of who it is counts as nobody else', () => {
    const answers = [(RESPONSE['answers'] as JsonObject[])[0] as JsonObject];
    expect(toldOne('typeform', response({ hidden: {}, answers })).who).toEqual(['anonymous_id typeform-a3a12ec67a1365927098a606107fac15']);
  });

  it('about a ticket, as its link says, belongs to the ticket', () => {
    expect(toldOne('typeform', response({ hidden: { email: 'a@example.com', ticket_id: '35436' } })).subject).toEqual({
      type: 'ticket',
      externalId: '35436',
    });
  });

  it('that is not finished is nothing yet', () => {
    expect(told('typeform', { ...NPS, event_type: 'form_response_partial' }).interactions).toEqual([]);
  });
});

describe('Calendly', () => {
  const CREATED = fixture('calendly-invitee-created');
  const INVITEE = CREATED['payload'] as JsonObject;
  const event = (name: string, payload: JsonObject = {}): JsonObject => ({ ...CREATED, event: name, payload: { ...INVITEE, ...payload } });

  it('books an appointment of the invitee, in sales, when it was booked', () => {
    expect(toldOne('calendly', CREATED, { department: 'SALES' })).toMatchObject({
      kind: 'APPOINTMENT_BOOKED',
      department: 'SALES',
      channel: 'WEB',
      direction: 'INBOUND',
      subject: { type: 'appointment', externalId: 'AAAAAAAAAAAAAAAA' },
      occurredAt: '2024-01-01T00:00:00.000Z',
      who: ['email ada.lovelace@example.com', 'phone +442079460000'],
      properties: { title: 'Product demo', starts_at: '2024-01-08T10:00:00.000000Z', agent_name: 'Rep' },
    });
  });

  it('cancels, and says who did and why', () => {
    const cancellation = { canceled_by: 'Rep', reason: 'Ill', canceler_type: 'host', created_at: '2024-01-02T00:00:00.000000Z' };
    expect(toldOne('calendly', event('invitee.canceled', { cancellation }))).toMatchObject({
      kind: 'APPOINTMENT_CANCELLED',
      direction: 'OUTBOUND',
      occurredAt: '2024-01-02T00:00:00.000Z',
      properties: { reason: 'Ill' },
    });
    const byInvitee = event('invitee.canceled', { cancellation: { ...cancellation, canceler_type: 'invitee' } });
    expect(toldOne('calendly', byInvitee).direction).toBe('INBOUND');
  });

  it('moves an appointment as one interaction: the new booking, which names the old one', () => {
    expect(told('calendly', event('invitee.canceled', { rescheduled: true })).interactions).toEqual([]);
    const old_invitee = 'https://api.calendly.com/scheduled_events/ZZZZ/invitees/YYYY';
    expect(toldOne('calendly', event('invitee.created', { old_invitee })).properties).toMatchObject({
      rescheduled: true,
      previous_appointment_id: 'ZZZZ',
    });
  });

  it('notes who did not come', () => {
    const no_show = { uri: 'https://api.calendly.com/invitee_no_shows/1', created_at: '2024-01-08T11:00:00.000000Z' };
    expect(toldOne('calendly', event('invitee_no_show.created', { no_show }))).toMatchObject({
      name: 'Appointment Missed',
      department: 'SALES',
      occurredAt: '2024-01-08T11:00:00.000Z',
    });
  });

  it('takes who filled in a routing form for a lead', () => {
    const payload = {
      uri: 'https://api.calendly.com/routing_form_submissions/S',
      created_at: '2024-01-01T00:00:00.000000Z',
      questions_and_answers: [{ question: 'E-mail', answer: 'ada@example.com' }],
    };
    expect(toldOne('calendly', event('routing_form_submission.created', payload))).toMatchObject({
      kind: 'LEAD_CREATED',
      who: ['email ada@example.com'],
    });
  });

  it('an invitee without an e-mail address can not be read', () => {
    expect(told('calendly', event('invitee.created', { email: null })).refusal).toMatchObject({ reason: 'The payload has no email.' });
  });
});

describe('Freshdesk', () => {
  const ticket = (triggered_event: string, more: JsonObject = {}): JsonObject => ({
    freshdesk_webhook: {
      ticket_id: 11,
      ticket_subject: 'No power',
      ticket_status: 'Open',
      ticket_priority: 'High',
      ticket_source: 'Portal',
      ticket_description: '<div>It is <b>dark</b></div>',
      ticket_requester_email: 'ada@example.com',
      ticket_requester_name: 'Ada',
      ticket_contact_unique_external_id: 'user-ada',
      ticket_latest_public_comment: 'Grace : <div>Try the fuse</div>',
      ticket_latest_private_comment: 'Grace : <div>Known bug</div>',
      triggered_event,
      ...more,
    },
  });

  it.each([
    ['{ticket_action:created}', 'CONVERSATION_OPENED INBOUND', { description: 'It is dark' }],
    ['{status:{from:2,to:4}}', 'CONVERSATION_SOLVED OUTBOUND', { status: 'solved' }],
    ['{status:{from:4,to:2}}', 'CONVERSATION_REOPENED INBOUND', { status: 'open', previous_status: 'solved' }],
    ['{status:{from:2,to:5}}', 'CONVERSATION_CLOSED INTERNAL', { status: 'closed' }],
    ['{status:{from:2,to:3}}', 'CONVERSATION_ON_HOLD INTERNAL', { status: 'pending' }],
    ['{status:{from:2,to:7}}', 'CONVERSATION_ON_HOLD INTERNAL', { status: 'hold' }],
    ['{priority:{from:1,to:4}}', 'CONVERSATION_ESCALATED INTERNAL', { priority: 'urgent', previous_priority: 'low' }],
    ['{responder_id:{from:1,to:2}}', 'CONVERSATION_ASSIGNED INTERNAL', {}],
    ['{reply_sent:sent}', 'CONVERSATION_REPLIED OUTBOUND', { comment: 'Try the fuse', agent_name: 'Grace' }],
    ['{note_type:private}', 'CONVERSATION_REPLIED INTERNAL', { comment: 'Known bug', public: false }],
    ['{customer_feedback:-103}', 'SURVEY_ANSWERED INBOUND', { survey_type: 'csat', score: 1, scale_max: 7 }],
    ['{customer_feedback:103}', 'SURVEY_ANSWERED INBOUND', { score: 7 }],
    ['{ticket_type:Question}', 'CUSTOM INTERNAL', { changed: 'ticket_type:Question' }],
  ])('%s is %s', (triggered, kind, properties) => {
    const one = toldOne('freshdesk', ticket(triggered));
    expect(`${one.kind} ${one.direction}`).toBe(kind);
    expect(one).toMatchObject({
      department: 'SUPPORT',
      channel: 'WEB',
      subject: { type: 'ticket', externalId: '11' },
      who: ['email ada@example.com', 'user_id user-ada'],
      properties: { subject: 'No power', ...properties },
    });
  });

  it('is told once where the very same comes again, or where a template names the event', () => {
    const id = (more: JsonObject) => toldOne('freshdesk', ticket('{reply_sent:sent}', more)).messageId;
    expect(id({})).toBe(id({}));
    expect(id({})).not.toBe(id({ ticket_latest_public_comment: 'Grace : And now?' }));
    expect(id({ event_id: 'e-1' })).toBe('e-1');
  });

  it('says when it happened where its template does', () => {
    expect(toldOne('freshdesk', ticket('{reply_sent:sent}', { updated_at: '2026-11-01T10:00:00Z' })).occurredAt).toBe(
      '2026-11-01T10:00:00.000Z',
    );
  });
});
