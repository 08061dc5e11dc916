import { type BothClocks, conversationTimes } from '../../src/measures/conversationTimes';
import { usualSchedule } from '../../src/measures/settings';
import { aFact, HOUR_MS, MINUTE_MS, theConversation, ticket } from './conversationFacts';

const NINE_TO_FIVE = usualSchedule('UTC');
const NOW = Date.parse('2026-03-20T00:00Z');
const hours = (clocks: BothClocks | null) => clocks && [clocks.calendarMs / HOUR_MS, clocks.businessMs / HOUR_MS];

describe('the times of a conversation', () => {
  // The life of ticket 12345 in the GitLab handbook, "Zendesk metrics definitions"; the sums are made anew, as its own have half an hour
  // too much on hold and count the time as new twice.
  const gitlab = theConversation(
    ticket.opened('2026-03-02T09:00Z', { status: 'new' }),
    ticket.agent('2026-03-02T14:00Z', { status: 'open' }),
    ticket.customer('2026-03-02T15:30Z'),
    ticket.agent('2026-03-02T16:00Z', { status: 'pending' }),
    ticket.customer('2026-03-03T10:00Z'),
    ticket.hold('2026-03-03T11:00Z'),
    aFact('CONVERSATION_ASSIGNED', '2026-03-04T14:00Z', { ticket_id: '1', status: 'open' }),
    ticket.agent('2026-03-04T14:30Z'),
    ticket.solved('2026-03-04T14:30Z'),
  );

  it('are those of the ticket in the GitLab handbook', () => {
    const times = conversationTimes(gitlab, NOW, NINE_TO_FIVE);
    expect(hours(times.firstReply)).toEqual([5, 5]);
    expect(hours(times.fullResolution)).toEqual([53.5, 21.5]);
    expect(hours(times.requesterWait)).toEqual([8.5 + 27, 8.5 + 11]);
    expect(hours(times.agentWait)).toEqual([18, 2]);
  });

  it('count time pending and on hold towards the resolution, first and last', () => {
    const conversation = theConversation(
      ticket.opened('2026-03-06T16:00Z'),
      ticket.agent('2026-03-06T16:30Z'),
      ticket.solved('2026-03-09T10:00Z'),
      ticket.reopened('2026-03-09T12:00Z'),
      ticket.solved('2026-03-09T15:00Z'),
    );
    const times = conversationTimes(conversation, NOW, NINE_TO_FIVE);
    expect(hours(times.firstResolution)).toEqual([66, 2]);
    expect(hours(times.fullResolution)).toEqual([71, 7]);
    expect(hours(times.requesterWait)).toEqual([3.5, 3.5]);
  });

  // Zendesk, "About native Support time duration metrics": requester wait is new, open and on hold, agent wait is pending, and by its "How does Zendesk
  // record its business hour metrics?" each span is measured by itself. Clocks are changed in New York on 8 March and on 1 November 2026.
  it.each([
    ['2026-03-06T21:00Z', '2026-03-09T14:00Z', '2026-03-09T16:00Z', '2026-03-10T20:30Z', 65],
    ['2026-10-30T20:00Z', '2026-11-02T15:00Z', '2026-11-02T17:00Z', '2026-11-03T21:30Z', 67],
  ])(
    'add up the spans of each status by the hours of New York over the weekend after %s',
    (opened, pending, customer, solved, hoursToPending) => {
      const conversation = theConversation(
        ticket.opened(opened),
        aFact('CONVERSATION_ON_HOLD', pending, { ticket_id: '1' }, { name: 'Ticket Pending' }),
        ticket.customer(customer),
        ticket.solved(solved),
      );
      const times = conversationTimes(conversation, Date.parse('2026-12-01T00:00Z'), usualSchedule('America/New_York'));
      expect([hours(times.agentWait), hours(times.requesterWait)]).toEqual([
        [2, 2],
        [hoursToPending + 28.5, 2 + 12.5],
      ]);
    },
  );

  it('run on while somebody waits, and are null while nothing has happened', () => {
    const times = conversationTimes(theConversation(ticket.opened('2026-03-19T16:00Z')), NOW, NINE_TO_FIVE);
    expect(times).toMatchObject({ firstReply: null, firstResolution: null, fullResolution: null });
    expect(hours(times.requesterWait)).toEqual([8, 1]);
  });

  it('end now, also where later facts are known', () => {
    const conversation = theConversation(ticket.opened(NOW - HOUR_MS), ticket.agent(NOW + HOUR_MS), ticket.customer(NOW + 2 * HOUR_MS));
    const times = conversationTimes(conversation, NOW, NINE_TO_FIVE);
    expect(times.requesterWait.calendarMs).toBe(HOUR_MS);
    expect(times.agentWait.calendarMs).toBe(0);
  });

  it('do not know how long it took where the opening is not known', () => {
    expect(conversationTimes(theConversation(ticket.solved('2026-03-02T09:00Z')), NOW, NINE_TO_FIVE)).toMatchObject({
      firstResolution: null,
      fullResolution: null,
    });
  });

  it('have a negative first reply never, in whatever order things came', () => {
    const times = conversationTimes(theConversation(ticket.agent(5), ticket.opened(9), ticket.solved(20)), NOW, NINE_TO_FIVE);
    expect(times.firstReply?.calendarMs).toBe(0);
  });

  it('do not call talking on the telephone waiting', () => {
    const call = theConversation(
      aFact('CALL_STARTED', 0, { call_id: 'k' }),
      aFact('CALL_ENDED', 20 * MINUTE_MS, { call_id: 'k', wait_seconds: 60 }),
    );
    const times = conversationTimes(call, NOW, NINE_TO_FIVE);
    expect(times.requesterWait.calendarMs).toBe(MINUTE_MS);
    expect(times.agentWait.calendarMs).toBe(0);
    expect(times.firstResolution?.calendarMs).toBe(20 * MINUTE_MS);
  });
});
