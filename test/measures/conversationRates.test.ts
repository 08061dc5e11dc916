import {
  abandonedCallRate,
  isOneTouch,
  oneTouchRate,
  reopenRate,
  repeatContactRate,
  repeatedContact,
} from '../../src/measures/conversationRates';
import { aConversation, aFact, theConversation, ticket } from './conversationFacts';

describe('one touch', () => {
  it('is solved with exactly one public reply, which thanks do not spoil', () => {
    const touched = [ticket.opened(0), ticket.note(1), ticket.agent(2), ticket.solved(3)];
    expect(isOneTouch(theConversation(...touched))).toBe(true);
    expect(isOneTouch(theConversation(...touched, ticket.customer(4), ticket.solved(5)))).toBe(true);
    expect(isOneTouch(theConversation(...touched, ticket.agent(4)))).toBe(false);
    expect(isOneTouch(theConversation(ticket.opened(0), ticket.solved(3)))).toBe(false);
    expect(isOneTouch(theConversation(ticket.opened(0), ticket.agent(2)))).toBe(false);
  });

  it('is a share of what was ever solved', () => {
    const unsolved = aConversation('2', '2026-03-02T09:00Z');
    expect(oneTouchRate([unsolved])).toMatchObject({ rate: null, of: 0 });
    expect(oneTouchRate([unsolved, theConversation(ticket.opened(0), ticket.agent(2), ticket.solved(3))])).toMatchObject({
      count: 1,
      of: 1,
    });
  });
});

describe('the reopen rate', () => {
  it('counts conversations, not reopenings, of those ever solved', () => {
    const twice = aConversation('1', '2026-03-02T09:00Z', ['2026-03-02T10:00Z', '2026-03-02T11:00Z', '2026-03-02T12:00Z']);
    const once = aConversation('2', '2026-03-02T09:00Z', ['2026-03-02T10:00Z']);
    expect(twice.reopens).toBe(2);
    expect(reopenRate([twice, once, aConversation('3', '2026-03-02T09:00Z')])).toMatchObject({ rate: 0.5, count: 1, of: 2 });
  });
});

describe('a repeated contact', () => {
  const first = aConversation('1', '2026-03-01T09:00Z', ['2026-03-02T10:00Z']);
  const opened = (at: string, topic?: string) => aConversation('2', at, [], topic ? { topic } : {});

  it('comes within 7 days after another was solved', () => {
    expect(repeatedContact(opened('2026-03-02T10:00Z'), [first])).toBe(first);
    expect(repeatedContact(opened('2026-03-09T09:59:59.999Z'), [first])).toBe(first);
    expect(repeatedContact(opened('2026-03-09T10:00Z'), [first])).toBeNull();
    expect(repeatedContact(opened('2026-03-02T09:59Z'), [first])).toBeNull();
    const twice = aConversation('1', '2026-03-01T09:00Z', ['2026-03-02T10:00Z', '2026-03-08T10:00Z']);
    expect(repeatedContact(opened('2026-03-11T10:00Z'), [twice])).toBe(twice);
  });

  it('is of the same topic where both have one', () => {
    const delivery = aConversation('1', '2026-03-01T09:00Z', ['2026-03-02T10:00Z'], { topic: 'Delivery' });
    expect(repeatedContact(opened('2026-03-03T10:00Z', 'billing'), [delivery])).toBeNull();
    expect(repeatedContact(opened('2026-03-03T10:00Z', 'delivery'), [delivery])).toBe(delivery);
    expect(repeatedContact(opened('2026-03-03T10:00Z'), [delivery])).toBe(delivery);
  });

  it('is not its own, and repeats the one solved last', () => {
    const later = aConversation('3', '2026-03-03T09:00Z', ['2026-03-04T10:00Z']);
    const again = aConversation('2', '2026-03-05T10:00Z', ['2026-03-05T11:00Z']);
    expect(repeatedContact(again, [again])).toBeNull();
    expect(repeatedContact(again, [later, first, again])).toBe(later);
  });

  it('is a share of conversations, of each customer apart, the last 7 days left out', () => {
    const repeat = opened('2026-03-04T10:00Z');
    const stranger = aConversation('9', '2026-03-03T10:00Z');
    const fresh = aConversation('5', '2026-03-08T10:00Z');
    const customers = [[first, repeat, fresh], [stranger]];
    expect(repeatContactRate(customers, Date.parse('2026-03-12T00:00Z'))).toMatchObject({ count: 1, of: 3 });
    expect(repeatContactRate([], 0)).toMatchObject({ rate: null, of: 0 });
  });
});

describe('abandoned calls', () => {
  const call = (id: string, end: 'CALL_ENDED' | 'CALL_ABANDONED', direction = 'inbound') =>
    theConversation(aFact('CALL_STARTED', 0, { call_id: id, direction }), aFact(end, 60_000, { call_id: id }));

  it('are a share of the calls that customers made', () => {
    const calls = [
      call('1', 'CALL_ENDED'),
      call('2', 'CALL_ABANDONED'),
      call('3', 'CALL_ENDED', 'outbound'),
      theConversation(ticket.opened(0)),
    ];
    expect(abandonedCallRate(calls)).toMatchObject({ rate: 0.5, count: 1, of: 2 });
  });
});
