import type { Fact } from '../../../src/measures/fact';
import { findFriction } from '../../../src/measures/friction/friction';
import { suggestionsOf } from '../../../src/measures/suggestions';
import { DAY_MS, factory, HOUR_MS, historyOf, MONDAY_MS } from './history';

const make = factory();
const ticket = { ticket: '35436' } as const;
const email = (id: string, atMs: number, comment: string) =>
  make({ kind: 'CONVERSATION_REPLIED', id, ...ticket, atMs, properties: { comment } });
const agent = (id: string, atMs: number, name: string) =>
  make({
    kind: 'CONVERSATION_REPLIED',
    id,
    ...ticket,
    atMs,
    direction: 'OUTBOUND',
    properties: { comment: 'Please try this.', agent_name: name },
  });
const solved = (id: string, atMs: number) => make({ kind: 'CONVERSATION_SOLVED', id, ...ticket, atMs });

/** One customer across six tools: shop, help desk, telephone, survey, payments and mailing. */
const STORY: readonly Fact[] = [
  make({ kind: 'ORDER_PLACED', id: 'order', properties: { order_id: '1042', products: [{ product_id: 'kettle', name: 'Blue kettle' }] } }),
  make({
    kind: 'CONVERSATION_OPENED',
    id: 'opened',
    ...ticket,
    atMs: DAY_MS,
    properties: { description: 'The kettle of order 1042 is broken' },
  }),
  agent('first reply', DAY_MS + 30 * HOUR_MS, 'Sam'),
  solved('solved', 3 * DAY_MS),
  email('again', 3 * DAY_MS + HOUR_MS, 'It is still broken. This is horrible and I hate it.'),
  agent('second reply', 3 * DAY_MS + 2 * HOUR_MS, 'Kim'),
  solved('solved again', 4 * DAY_MS),
  make({ kind: 'SURVEY_ANSWERED', id: 'csat', atMs: 4 * DAY_MS + HOUR_MS, properties: { survey_type: 'csat', score: 1, scale_max: 5 } }),
  email('third time', 7 * DAY_MS, 'And again. As I wrote, it is order 1042.'),
  make({ kind: 'CALL_ABANDONED', id: 'call', ticket: 'CA1', atMs: 7 * DAY_MS + HOUR_MS, properties: { wait_seconds: 240 } }),
  make({ kind: 'EMAIL_SENT', id: 'spring sale', atMs: 7 * DAY_MS + 2 * HOUR_MS, properties: { campaign_name: 'Spring sale' } }),
];
const nowMs = MONDAY_MS + 7 * DAY_MS + 3 * HOUR_MS;

describe('The story of one customer', () => {
  const history = historyOf(STORY);
  const { signals, nextAtMs } = findFriction(history, nowMs);

  it('has the friction that a good support lead would name', () => {
    expect(signals.map(({ kind, severity, resolvedAtMs }) => `${kind} ${severity}${resolvedAtMs === null ? '' : ', over'}`)).toEqual([
      'LONG_WAIT MEDIUM, over',
      'NEGATIVE_SENTIMENT HIGH, over',
      'REOPENED MEDIUM, over',
      'REOPENED HIGH',
      'REPEATED_INFORMATION MEDIUM',
      'LONG_WAIT MEDIUM, over',
      'ABANDONED_CALL MEDIUM',
      'CHANNEL_SWITCH MEDIUM',
      'IMPERSONAL MEDIUM',
    ]);
  });

  it('is looked at next when the customer has waited too long, and later when the survey was left without a reply', () => {
    expect(nextAtMs).toBe(MONDAY_MS + 7 * DAY_MS + 8 * HOUR_MS);
    const { signals: later } = findFriction(history, MONDAY_MS + 9 * DAY_MS + HOUR_MS);
    expect(later.map(({ kind }) => kind)).toContain('IGNORED_FEEDBACK');
  });

  it('ends in suggestions that come from it', () => {
    const suggestions = suggestionsOf({ history, signals, preferredChannel: 'PHONE', nowMs });
    expect(suggestions.map(({ kind }) => kind)).toEqual([
      'CALL_BACK',
      'APOLOGISE_FOR_WAIT',
      'DO_NOT_ASK_AGAIN',
      'HOLD_BACK_PROMOTIONS',
      'SEE_IT_THROUGH',
      'OFFER_PREFERRED_CHANNEL',
    ]);
  });
});
