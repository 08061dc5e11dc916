import type { Channel } from '../../src/kernel/vocabulary';
import type { Fact } from '../../src/measures/fact';
import { findFriction } from '../../src/measures/friction/friction';
import { type Suggestion, suggestionsOf } from '../../src/measures/suggestions';
import { DAY_MS, factory, HOUR_MS, historyOf, MINUTE_MS, MONDAY_MS } from './friction/history';

const make = factory();

function suggested(facts: readonly Fact[], atMs: number, preferredChannel: Channel | null = null): Suggestion[] {
  const history = historyOf(facts);
  const nowMs = MONDAY_MS + atMs;
  return suggestionsOf({ history, signals: findFriction(history, nowMs).signals, preferredChannel, nowMs });
}
const kinds = (suggestions: readonly Suggestion[]) => suggestions.map(({ kind }) => kind);

const opened = make({
  kind: 'CONVERSATION_OPENED',
  id: 'open',
  ticket: '1',
  properties: { description: 'My order #1042 is a complaint to you' },
});
const solved = (atMs: number) => make({ kind: 'CONVERSATION_SOLVED', id: 'solved', ticket: '1', atMs });
const cart = make({ kind: 'CART_UPDATED', id: 'cart', properties: { products: [{ product_id: 'p1' }] } });

describe('Suggestions', () => {
  it('are none where nothing asks for one', () => {
    expect(suggested([make({ kind: 'SIGNED_IN' })], DAY_MS)).toEqual([]);
  });

  it('are to call back after an abandoned call, until somebody did', () => {
    const call = make({ kind: 'CALL_ABANDONED', id: 'call', ticket: '2' });
    expect(suggested([call], HOUR_MS)).toMatchObject([
      { kind: 'CALL_BACK', rule: 'ABANDONED_CALL', evidence: ['call'], text: 'Call back: Hung up before the call was answered.' },
    ]);
    const back = make({ kind: 'CALL_STARTED', id: 'back', ticket: '3', direction: 'OUTBOUND', atMs: 2 * HOUR_MS });
    expect(kinds(suggested([call, back], DAY_MS))).not.toContain('CALL_BACK');
  });

  it('are to apologise for a wait, also in the week after it', () => {
    const chat = { ticket: '7', channel: 'CHAT' } as const;
    const wait = [
      make({ kind: 'CONVERSATION_OPENED', ...chat }),
      make({ kind: 'CONVERSATION_REPLIED', ...chat, direction: 'OUTBOUND', atMs: HOUR_MS }),
      make({ kind: 'CONVERSATION_SOLVED', ...chat, atMs: 2 * HOUR_MS }),
    ];
    expect(kinds(suggested(wait.slice(0, 1), MINUTE_MS))).not.toContain('APOLOGISE_FOR_WAIT');
    expect(kinds(suggested(wait.slice(0, 1), 5 * MINUTE_MS))).toContain('APOLOGISE_FOR_WAIT');
    expect(kinds(suggested(wait, DAY_MS))).toEqual(['APOLOGISE_FOR_WAIT']);
    expect(kinds(suggested(wait, 8 * DAY_MS))).toEqual([]);
  });

  it("are not to ask for the order's number again", () => {
    const again = make({
      kind: 'CONVERSATION_OPENED',
      id: 'again',
      ticket: '2',
      atMs: HOUR_MS,
      properties: { description: 'Order number 1042!' },
    });
    const [suggestion] = suggested([opened, again], 2 * HOUR_MS).filter(({ kind }) => kind === 'DO_NOT_ASK_AGAIN');
    expect(suggestion).toMatchObject({ evidence: ['open', 'again'] });
    expect(suggestion?.text).toContain('the number 1042');
  });

  it('are to hold back promotions, and the reminder of the cart, while a complaint is open', () => {
    expect(kinds(suggested([opened, cart], 2 * HOUR_MS))).toEqual(['HOLD_BACK_PROMOTIONS']);
    expect(kinds(suggested([opened, cart, solved(HOUR_MS)], 2 * HOUR_MS))).toEqual(['REMIND_OF_CART']);
  });

  it('are to offer the channel that the customer prefers where they are on another', () => {
    expect(kinds(suggested([opened], MINUTE_MS, 'PHONE'))).toContain('OFFER_PREFERRED_CHANNEL');
    expect(kinds(suggested([opened], MINUTE_MS, 'EMAIL'))).not.toContain('OFFER_PREFERRED_CHANNEL');
    expect(kinds(suggested([opened, solved(HOUR_MS)], DAY_MS, 'PHONE'))).not.toContain('OFFER_PREFERRED_CHANNEL');
  });

  it('are to thank a promoter, once', () => {
    const promoter = make({ kind: 'SURVEY_ANSWERED', id: 'nps', properties: { survey_type: 'nps', score: 9 } });
    const thanks = make({ kind: 'CONVERSATION_OPENED', ticket: '5', direction: 'OUTBOUND', atMs: HOUR_MS });
    expect(suggested([promoter], DAY_MS)).toMatchObject([{ kind: 'THANK_PROMOTER', rule: 'NPS_PROMOTER', evidence: ['nps'] }]);
    expect(kinds(suggested([promoter, thanks], DAY_MS))).not.toContain('THANK_PROMOTER');
    expect(kinds(suggested([promoter], 31 * DAY_MS))).toEqual([]);
  });

  it('are to ask for feedback that was not given', () => {
    const sent = make({ kind: 'SURVEY_SENT', id: 'sent' });
    expect(suggested([sent], DAY_MS)).toMatchObject([{ kind: 'ASK_OPEN_FEEDBACK', evidence: ['sent'] }]);
    const answered = make({ kind: 'SURVEY_ANSWERED', atMs: HOUR_MS, properties: { survey_type: 'nps', score: 8 } });
    expect(suggested([sent, answered], DAY_MS)).toEqual([]);
  });

  it('are to thank for the fifth order, and not for one that was cancelled', () => {
    const orders = [1, 2, 3, 4, 5].map((nth) =>
      make({ kind: 'ORDER_PLACED', id: `order ${nth}`, atMs: nth * DAY_MS, properties: { order_id: `${nth}` } }),
    );
    expect(suggested(orders, 6 * DAY_MS)).toMatchObject([{ kind: 'THANK_FOR_MILESTONE', evidence: ['order 5'] }]);
    const cancelled = make({ kind: 'ORDER_CANCELLED', atMs: 5 * DAY_MS + 1, properties: { order_id: '5' } });
    expect(suggested([...orders, cancelled], 6 * DAY_MS)).toEqual([]);
  });

  it('put the most urgent first', () => {
    const call = make({ kind: 'CALL_ABANDONED', ticket: '2', atMs: HOUR_MS });
    const payments = [make({ kind: 'PAYMENT_FAILED' }), make({ kind: 'PAYMENT_FAILED', atMs: 1 })];
    expect(kinds(suggested([cart, ...payments, call], DAY_MS))).toEqual(['CALL_BACK', 'HELP_WITH_PAYMENT', 'REMIND_OF_CART']);
  });

  it('leave out what comes only later', () => {
    expect(suggested([make({ kind: 'SURVEY_SENT', atMs: DAY_MS })], HOUR_MS)).toEqual([]);
  });
});
