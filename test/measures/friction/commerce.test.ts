import type { JsonObject } from '../../../src/kernel/json';
import { DAY_MS, factory, found, frictionIn, HOUR_MS, MINUTE_MS, MONDAY_MS } from './history';

const make = factory();
const failed = (id: string, atMs: number) => make({ kind: 'PAYMENT_FAILED', id, atMs });
const paid = (atMs: number) => make({ kind: 'PAYMENT_MADE', id: 'paid', atMs });

describe('Failed payments', () => {
  it('are two within seven days without a payment between, over with the next payment', () => {
    expect(found('FAILED_PAYMENT', [failed('a', 0), failed('b', 7 * DAY_MS - 1)], 9 * DAY_MS)).toMatchObject([
      { key: 'FAILED_PAYMENT/a', resolvedAtMs: null },
    ]);
    expect(found('FAILED_PAYMENT', [failed('a', 0), failed('b', 7 * DAY_MS)], 9 * DAY_MS)).toEqual([]);
    expect(found('FAILED_PAYMENT', [failed('a', 0), paid(1), failed('b', DAY_MS)], 9 * DAY_MS)).toEqual([]);
    expect(found('FAILED_PAYMENT', [failed('a', 0), failed('b', DAY_MS), paid(2 * DAY_MS)], 9 * DAY_MS)).toMatchObject([
      { evidence: ['a', 'b', 'paid'], resolvedAtMs: MONDAY_MS + 2 * DAY_MS },
    ]);
  });

  it('are HIGH from the third on, and pass over one that was long before', () => {
    const facts = [failed('old', -30 * DAY_MS), failed('a', 0), failed('b', DAY_MS), failed('c', 2 * DAY_MS)];
    expect(found('FAILED_PAYMENT', facts, 3 * DAY_MS)).toMatchObject([{ key: 'FAILED_PAYMENT/a', severity: 'HIGH' }]);
  });
});

describe('An error streak', () => {
  const error = (id: string, atMs: number) => make({ kind: 'ERROR_SEEN', id, atMs });
  const streak = [error('a', 0), error('b', 5 * MINUTE_MS), error('c', 9 * MINUTE_MS)];

  it('is three errors in ten minutes, over ten minutes after the last, by the clock', () => {
    expect(found('ERROR_STREAK', streak, 10 * MINUTE_MS)).toMatchObject([{ evidence: ['a', 'b', 'c'], resolvedAtMs: null }]);
    expect(frictionIn(streak, 10 * MINUTE_MS).nextAtMs).toBe(MONDAY_MS + 19 * MINUTE_MS);
    expect(found('ERROR_STREAK', streak, 19 * MINUTE_MS)).toMatchObject([{ resolvedAtMs: MONDAY_MS + 19 * MINUTE_MS }]);
  });

  it('is not three in longer', () => {
    expect(found('ERROR_STREAK', [error('a', 0), error('b', 5 * MINUTE_MS), error('c', 10 * MINUTE_MS)], DAY_MS)).toEqual([]);
  });

  it('goes on with further errors instead of becoming another', () => {
    const more = [...streak, error('d', 12 * MINUTE_MS), error('e', 14 * MINUTE_MS), error('f', 15 * MINUTE_MS)];
    expect(found('ERROR_STREAK', more, DAY_MS)).toMatchObject([{ key: 'ERROR_STREAK/a', resolvedAtMs: MONDAY_MS + 25 * MINUTE_MS }]);
  });
});

describe('An abandoned cart', () => {
  const cart = (id: string, atMs: number, properties: JsonObject, name = 'Cart Updated') =>
    make({ kind: 'CART_UPDATED', id, atMs, properties, name });
  const filled = cart('add', 0, { products: [{ product_id: 'p1', quantity: 2 }] });
  const order = (atMs: number) => make({ kind: 'ORDER_PLACED', id: 'order', atMs, properties: { order_id: '1' } });

  it('is one left alone for an hour, over with the order', () => {
    expect(found('ABANDONED_CART', [filled], HOUR_MS - 1)).toEqual([]);
    expect(found('ABANDONED_CART', [filled], HOUR_MS)).toMatchObject([{ key: 'ABANDONED_CART/add', resolvedAtMs: null }]);
    expect(found('ABANDONED_CART', [filled, order(HOUR_MS)], DAY_MS)).toEqual([]);
    expect(found('ABANDONED_CART', [filled, order(2 * HOUR_MS)], DAY_MS)).toMatchObject([{ resolvedAtMs: MONDAY_MS + 2 * HOUR_MS }]);
  });

  it('is none that was emptied, product by product or at once', () => {
    expect(found('ABANDONED_CART', [filled, cart('out', 1, { products: [] })], DAY_MS)).toEqual([]);
    const added = cart('in', 0, { product_id: 'p1' }, 'Product Added');
    expect(found('ABANDONED_CART', [added, cart('out', 1, { product_id: 'p1' }, 'Product Removed')], DAY_MS)).toEqual([]);
    expect(found('ABANDONED_CART', [added], DAY_MS)).toHaveLength(1);
  });
});

describe('An abandoned call', () => {
  const abandoned = make({ kind: 'CALL_ABANDONED', id: 'gone', ticket: '1', properties: { wait_seconds: 95 } });

  it('is over when somebody calls back', () => {
    expect(found('ABANDONED_CALL', [abandoned], DAY_MS)).toMatchObject([
      { message: 'Hung up after waiting 95 seconds', resolvedAtMs: null },
    ]);
    const callback = make({ kind: 'CALL_STARTED', id: 'back', ticket: '2', direction: 'OUTBOUND', atMs: HOUR_MS });
    expect(found('ABANDONED_CALL', [abandoned, callback], DAY_MS)).toMatchObject([{ resolvedAtMs: MONDAY_MS + HOUR_MS }]);
  });

  it('is not over with its own end', () => {
    expect(found('ABANDONED_CALL', [abandoned, make({ kind: 'CALL_ENDED', ticket: '1', atMs: 1 })], DAY_MS)).toMatchObject([
      { resolvedAtMs: null },
    ]);
  });
});

describe('An impersonal promotion', () => {
  const bought = make({
    kind: 'ORDER_PLACED',
    id: 'order',
    properties: { order_id: '1', products: [{ product_id: 'p1', name: 'Blue kettle' }] },
  });
  const promotes = (product: JsonObject, properties: JsonObject = {}) =>
    make({
      kind: 'EMAIL_SENT',
      id: 'promo',
      atMs: DAY_MS,
      direction: 'OUTBOUND',
      properties: { campaign_name: 'Spring', products: [product], ...properties },
    });

  it('is one of something already bought, by id or by name', () => {
    expect(found('IMPERSONAL', [bought, promotes({ product_id: 'p1', name: 'Kettle' })], 2 * DAY_MS)).toMatchObject([
      { evidence: ['order', 'promo'] },
    ]);
    expect(found('IMPERSONAL', [bought, promotes({ name: 'BLUE KETTLE' })], 2 * DAY_MS)).toHaveLength(1);
    expect(found('IMPERSONAL', [bought, promotes({ product_id: 'p2', name: 'Toaster' })], 2 * DAY_MS)).toEqual([]);
  });

  it('is one where the mailer tells of the delivery alone, and one where it tells of both', () => {
    const about = { campaign_id: 'c', products: [{ product_id: 'p1' }] };
    const mail = (kind: 'EMAIL_SENT' | 'EMAIL_DELIVERED', atMs: number) =>
      make({ kind, direction: 'OUTBOUND', atMs, ticket: 'mail-1', type: 'email', properties: about });
    expect(found('IMPERSONAL', [bought, mail('EMAIL_DELIVERED', DAY_MS)], 2 * DAY_MS)).toHaveLength(1);
    expect(found('IMPERSONAL', [bought, mail('EMAIL_SENT', DAY_MS), mail('EMAIL_DELIVERED', DAY_MS + 1)], 2 * DAY_MS)).toHaveLength(1);
  });

  it('is none where the order was cancelled, nor a confirmation of it', () => {
    const cancelled = make({ kind: 'ORDER_CANCELLED', atMs: HOUR_MS, properties: { order_id: '1' } });
    expect(found('IMPERSONAL', [bought, cancelled, promotes({ product_id: 'p1' })], 2 * DAY_MS)).toEqual([]);
    expect(found('IMPERSONAL', [bought, promotes({ product_id: 'p1' }, { order_id: '1' })], 2 * DAY_MS)).toEqual([]);
  });

  it('is any while a complaint is open, and lasts as long as the complaint', () => {
    const complaint = make({ kind: 'CONVERSATION_OPENED', id: 'open', ticket: '9', properties: { topic: 'Complaint' } });
    const solved = (atMs: number) => make({ kind: 'CONVERSATION_SOLVED', ticket: '9', atMs });
    expect(found('IMPERSONAL', [complaint, promotes({ product_id: 'p2' })], 2 * DAY_MS)).toMatchObject([
      { evidence: ['open', 'promo'], resolvedAtMs: null },
    ]);
    expect(found('IMPERSONAL', [complaint, promotes({ product_id: 'p2' }), solved(3 * DAY_MS)], 9 * DAY_MS)).toMatchObject([
      { resolvedAtMs: MONDAY_MS + 3 * DAY_MS },
    ]);
    expect(found('IMPERSONAL', [complaint, solved(HOUR_MS), promotes({ product_id: 'p2' })], 9 * DAY_MS)).toEqual([]);
    const question = make({ kind: 'CONVERSATION_OPENED', ticket: '9', properties: { description: 'Which size fits me?' } });
    expect(found('IMPERSONAL', [question, promotes({ product_id: 'p2' })], 2 * DAY_MS)).toEqual([]);
  });
});

describe('Ignored feedback', () => {
  const answer = (properties: JsonObject) => make({ kind: 'SURVEY_ANSWERED', id: 'answer', properties });
  const reply = (atMs: number) => make({ kind: 'CONVERSATION_REPLIED', id: 'reply', ticket: '1', direction: 'OUTBOUND', atMs });
  const detractor = answer({ survey_type: 'nps', score: 6 });

  it('is a detractor without a reply for three business days, found by the clock', () => {
    expect(frictionIn([detractor], 0).nextAtMs).toBe(MONDAY_MS + 2 * DAY_MS + 8 * HOUR_MS);
    expect(found('IGNORED_FEEDBACK', [detractor], 3 * DAY_MS)).toMatchObject([
      { severity: 'HIGH', message: 'An NPS answer of 6 had no reply in time' },
    ]);
    expect(found('IGNORED_FEEDBACK', [answer({ survey_type: 'nps', score: 7 })], 9 * DAY_MS)).toEqual([]);
    expect(found('IGNORED_FEEDBACK', [answer({ survey_type: 'nps', score: -1 })], 9 * DAY_MS)).toEqual([]);
  });

  it('is over with a late reply, and none with one in time', () => {
    expect(found('IGNORED_FEEDBACK', [detractor, reply(5 * DAY_MS)], 9 * DAY_MS)).toMatchObject([{ resolvedAtMs: MONDAY_MS + 5 * DAY_MS }]);
    expect(found('IGNORED_FEEDBACK', [detractor, reply(DAY_MS)], 9 * DAY_MS)).toEqual([]);
  });

  it('is a low CSAT on its own scale, or a complaint', () => {
    const csat = (score: number, scaleMax: number) =>
      found('IGNORED_FEEDBACK', [answer({ survey_type: 'csat', score, scale_max: scaleMax })], 9 * DAY_MS);
    expect([csat(2, 5), csat(3, 5), csat(2, 7), csat(3, 7)].map((signals) => signals.length)).toEqual([1, 0, 1, 0]);
    const complaint = make({ kind: 'FEEDBACK_GIVEN', name: 'Complaint Made', properties: { comment: 'Es ist kaputt' } });
    expect(found('IGNORED_FEEDBACK', [complaint], 9 * DAY_MS)).toHaveLength(1);
  });
});
