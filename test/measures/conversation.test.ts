import { type Conversation, conversationsOf } from '../../src/measures/conversation';
import { aFact, HOUR_MS, MINUTE_MS, onChannel, theConversation, ticket } from './conversationFacts';

const statuses = ({ spans }: Conversation) => spans.map(({ status, fromMs, toMs }) => [status, fromMs, toMs]);

describe('the life of a conversation', () => {
  it('waits for the company until it replies, then for the customer until they reply', () => {
    const conversation = theConversation(ticket.opened(0), ticket.agent(10), ticket.customer(30), ticket.agent(35), ticket.solved(50));
    expect(statuses(conversation)).toEqual([
      ['OPEN', 0, 10],
      ['PENDING', 10, 30],
      ['OPEN', 30, 35],
      ['PENDING', 35, 50],
      ['SOLVED', 50, null],
    ]);
    expect(conversation).toMatchObject({ status: 'SOLVED', firstReplyAtMs: 10, companyReplies: 2, customerReplies: 1, messages: 3 });
  });

  it('takes neither notes nor bots for a reply', () => {
    const conversation = theConversation(ticket.opened(0), ticket.bot(1), ticket.note(2), ticket.agent(9, { author_role: 'bot' }));
    expect(conversation).toMatchObject({ status: 'OPEN', firstReplyAtMs: null, companyReplies: 0, messages: 2 });
  });

  it('stays on hold until somebody writes', () => {
    expect(theConversation(ticket.opened(0), ticket.hold(5), ticket.note(6)).status).toBe('ON_HOLD');
    expect(theConversation(ticket.opened(0), ticket.hold(5), ticket.customer(6)).status).toBe('OPEN');
    expect(theConversation(ticket.opened(0), ticket.hold(5), ticket.agent(6)).status).toBe('PENDING');
  });

  it('is opened again by the customer who writes after it was solved, and counts a reopening once it is solved again', () => {
    const again = [ticket.opened(0), ticket.agent(5), ticket.solved(10), ticket.customer(20)];
    expect(theConversation(...again)).toMatchObject({ status: 'OPEN', reopens: 0, reopenedAtMs: [20] });
    expect(theConversation(...again, ticket.solved(40))).toMatchObject({
      status: 'SOLVED',
      reopens: 1,
      firstSolvedAtMs: 10,
      lastSolvedAtMs: 40,
    });
  });

  it('counts the reply and the reopening that it brings about as one', () => {
    const conversation = theConversation(ticket.opened(0), ticket.solved(10), ticket.customer(20), ticket.reopened(20), ticket.solved(30));
    expect(conversation).toMatchObject({ reopens: 1, reopenedAtMs: [20], solvedAtMs: [10, 30] });
  });

  it('stays solved when the company adds a word', () => {
    const conversation = theConversation(ticket.opened(0), ticket.solved(10), ticket.agent(20), ticket.note(30));
    expect(conversation).toMatchObject({ status: 'SOLVED', reopens: 0, companyReplies: 1 });
  });

  it('takes closed without solved for solved, and says so', () => {
    const conversation = theConversation(ticket.opened(0), ticket.agent(5), ticket.closed(10));
    expect(conversation).toMatchObject({ status: 'CLOSED', firstSolvedAtMs: 10, closedAtMs: 10, isClosedUnsolved: true });
  });

  it('does not count closing what was solved as another solution', () => {
    const conversation = theConversation(ticket.opened(0), ticket.solved(5), ticket.closed(10));
    expect(conversation).toMatchObject({ solvedAtMs: [5], reopens: 0, closedAtMs: 10, isClosedUnsolved: false });
  });

  it('can be opened again after it was closed', () => {
    const conversation = theConversation(ticket.opened(0), ticket.solved(5), ticket.closed(10), ticket.reopened(20), ticket.solved(30));
    expect(conversation).toMatchObject({ status: 'SOLVED', closedAtMs: null, reopens: 1, reopenedAtMs: [20] });
  });

  it('is opened again by being escalated or opened once more', () => {
    const escalated = aFact('CONVERSATION_ESCALATED', 20, { ticket_id: '1' });
    expect(theConversation(ticket.opened(0), ticket.solved(5), escalated)).toMatchObject({ status: 'OPEN', reopenedAtMs: [20] });
    expect(theConversation(ticket.opened(0), ticket.closed(5), ticket.opened(20))).toMatchObject({ status: 'OPEN', reopenedAtMs: [20] });
  });

  it('is not waiting for the customer because the company calls it opened once more', () => {
    expect(theConversation(ticket.opened(0), ticket.customer(5), ticket.opened(9, { author_role: 'agent' })).status).toBe('OPEN');
  });

  it('begins with what the customer writes where no opening is told', () => {
    const conversation = theConversation(ticket.customer(3), ticket.agent(8));
    expect(conversation).toMatchObject({ isOpeningKnown: true, openedAtMs: 3, customerReplies: 0, messages: 2 });
    expect(theConversation(ticket.agent(8)).isOpeningKnown).toBe(false);
  });

  it('is known from its solution alone, but then nobody knows how long it took', () => {
    const conversation = theConversation(ticket.solved(5));
    expect(conversation).toMatchObject({ status: 'SOLVED', isOpeningKnown: false, openedAtMs: 5, reopens: 0 });
    expect(statuses(conversation)).toEqual([['SOLVED', 5, null]]);
  });

  it('has no known opening where it is called opened only after it was solved', () => {
    expect(theConversation(ticket.solved(5), ticket.opened(9))).toMatchObject({ isOpeningKnown: false, reopenedAtMs: [9] });
  });

  it('was solved before somebody heard of it where it is opened again first', () => {
    expect(theConversation(ticket.reopened(5), ticket.solved(9))).toMatchObject({ reopenedAtMs: [5], reopens: 0, isOpeningKnown: false });
  });

  it('puts the opening first and the end last among facts of one second', () => {
    const conversation = theConversation(ticket.closed(0), ticket.solved(0), ticket.agent(0), ticket.opened(0));
    expect(conversation).toMatchObject({ status: 'CLOSED', solvedAtMs: [0], isClosedUnsolved: false, companyReplies: 1 });
  });

  it('believes the status that the source states', () => {
    const conversation = theConversation(ticket.opened(0, { status: 'new' }), ticket.agent(5, { status: 'open' }), ticket.solved(9));
    expect(statuses(conversation)).toEqual([
      ['OPEN', 0, 9],
      ['SOLVED', 9, null],
    ]);
  });

  it('hears the same message once, however often and late it comes', () => {
    const solved = ticket.solved(10);
    const conversation = theConversation(solved, ticket.agent(5), solved, ticket.opened(0), solved);
    expect(conversation).toMatchObject({ openedAtMs: 0, firstReplyAtMs: 5, solvedAtMs: [10] });
    expect(conversation.facts).toHaveLength(3);
  });

  it('is solved once when it is called solved twice', () => {
    expect(theConversation(ticket.opened(0), ticket.solved(10), ticket.solved(20))).toMatchObject({ solvedAtMs: [10], reopens: 0 });
  });
});

// Zendesk, "Calculating first reply time" and "About native Support time duration metrics"
describe('the first reply as Zendesk counts it', () => {
  it('is the first public comment of an agent after the customer wrote in', () => {
    expect(theConversation(ticket.opened(0, { description: 'Help' }), ticket.note(3), ticket.agent(7)).firstReplyAtMs).toBe(7);
  });

  it('is the second public comment where an agent opened with a public one', () => {
    const opened = ticket.opened(0, { author_role: 'agent', description: 'We noticed a fault.' });
    const conversation = theConversation(opened, ticket.agent(0), ticket.agent(8));
    expect(conversation).toMatchObject({ openedByCompany: true, firstReplyAtMs: 8, companyReplies: 1 });
    expect(conversation.spans[0]).toEqual({ status: 'PENDING', fromMs: 0, toMs: null });
  });

  it('is the comment after the reopening where a ticket made on the telephone was solved without one', () => {
    const opened = ticket.opened(0, { author_role: 'agent', public: false });
    const conversation = theConversation(opened, ticket.solved(0), ticket.customer(60), ticket.agent(90));
    expect(conversation).toMatchObject({ firstReplyAtMs: 90, openedByCompany: true });
  });
});

describe('what a conversation is called and who has it', () => {
  it('goes by what was stated last', () => {
    const conversation = theConversation(
      ticket.opened(0, { subject: 'Printer on fire', priority: 'normal', topic: 'hardware' }),
      aFact('CONVERSATION_ASSIGNED', 1, { ticket_id: '1', assignee: 'Bea' }),
      ticket.agent(2, { agent_name: 'Cem' }),
      aFact('CONVERSATION_ASSIGNED', 3, { ticket_id: '1', assignee: 'Dora', priority: 'high' }),
    );
    expect(conversation).toMatchObject({ subject: 'Printer on fire', priority: 'high', topic: 'hardware', assignee: 'Dora' });
  });

  it('is with whoever speaks where nobody was assigned', () => {
    expect(theConversation(ticket.opened(0), ticket.agent(2, { agent_name: 'Cem' })).assignee).toBe('Cem');
  });

  it('was a call that the one named at its end took', () => {
    const ended = aFact('CALL_ENDED', 9, { call_id: 'k', agent_name: 'Bea' });
    expect(theConversation(aFact('CALL_STARTED', 0, { call_id: 'k' }), ended).assignee).toBe('Bea');
  });

  it('keeps every digit of an id and tells sources apart', () => {
    const id = '9223372036854775807';
    const facts = [aFact('CONVERSATION_OPENED', 0, { ticket_id: id }), aFact('CONVERSATION_OPENED', 1, { ticket_id: id }, { sourceId: 2 })];
    expect(conversationsOf(facts).map(({ key }) => key)).toEqual([`1/ticket/${id}`, `2/ticket/${id}`]);
  });

  it('stands among others by when it was opened', () => {
    const facts = [aFact('CONVERSATION_OPENED', 9, { ticket_id: 'a' }), aFact('CONVERSATION_OPENED', 1, { ticket_id: 'b' })];
    expect(conversationsOf(facts).map(({ externalId }) => externalId)).toEqual(['b', 'a']);
  });

  it('holds the surveys about it, but a survey alone makes none', () => {
    const rated = aFact('SURVEY_ANSWERED', 9, { ticket_id: '1', survey_type: 'csat', score: 2 });
    expect(conversationsOf([rated])).toEqual([]);
    expect(theConversation(ticket.opened(0), rated).facts).toHaveLength(2);
  });

  it('puts an internal rating on 0 to 100', () => {
    expect(theConversation(ticket.opened(0), ticket.solved(5, { internal_rating: 4, scale_max: 5 })).internalRating).toBe(75);
    expect(theConversation(ticket.opened(0), ticket.solved(5, { internal_rating: 9 })).internalRating).toBeNull();
    const upsideDown = { internal_rating: 2, scale_min: 5, scale_max: 5 };
    expect(theConversation(ticket.opened(0), ticket.solved(5, upsideDown)).internalRating).toBe(25);
  });
});

describe('a chat', () => {
  const chat = { chat_id: 'c1' };
  const begun = [
    aFact('CONVERSATION_OPENED', 0, { ...chat, message_body: 'Hi' }),
    aFact('BOT_REPLIED', 1, chat),
    aFact('BOT_HANDED_OFF', 2, chat),
  ];
  const ended = aFact('CONVERSATION_CLOSED', 9, chat);

  it('that a person answered ends as chats end', () => {
    const answered = aFact('CONVERSATION_REPLIED', 5, { ...chat, author_role: 'agent' });
    const conversation = theConversation(...onChannel('CHAT', ...begun, answered, ended));
    expect(conversation).toMatchObject({ status: 'CLOSED', firstSolvedAtMs: 9, isClosedUnsolved: false, messages: 3, firstReplyAtMs: 5 });
  });

  it('that only a bot answered was closed unsolved', () => {
    expect(theConversation(...onChannel('CHAT', ...begun, ended)).isClosedUnsolved).toBe(true);
  });
});

describe('a call', () => {
  const started = aFact('CALL_STARTED', 0, { call_id: 'k' });

  it('is answered after the wait that its end states', () => {
    const conversation = theConversation(started, aFact('CALL_ENDED', HOUR_MS, { call_id: 'k', wait_seconds: 90 }));
    expect(conversation).toMatchObject({
      type: 'call',
      status: 'CLOSED',
      firstReplyAtMs: 90_000,
      companyReplies: 1,
      isClosedUnsolved: false,
    });
    expect(statuses(conversation)[0]).toEqual(['OPEN', 0, 90_000]);
  });

  it('is answered as long before its end as the talk lasted', () => {
    const conversation = theConversation(started, aFact('CALL_ENDED', 10 * MINUTE_MS, { call_id: 'k', duration_seconds: 420 }));
    expect(conversation.firstReplyAtMs).toBe(3 * MINUTE_MS);
  });

  it('is answered when the source says so', () => {
    const answered = aFact('CALL_STARTED', 40_000, { call_id: 'k' }, { name: 'Call Answered' });
    expect(theConversation(started, answered)).toMatchObject({ firstReplyAtMs: 40_000, status: 'PENDING' });
  });

  it('claims no wait where nothing tells when it was answered', () => {
    const conversation = theConversation(started, aFact('CALL_ENDED', HOUR_MS, { call_id: 'k' }));
    expect(conversation.firstReplyAtMs).toBeNull();
    expect(statuses(conversation)[0]).toEqual(['PENDING', 0, HOUR_MS]);
  });

  it('that was abandoned is closed, never solved, also where its end is told too', () => {
    const abandoned = aFact('CALL_ABANDONED', 200_000, { call_id: 'k', wait_seconds: 200 });
    const conversation = theConversation(started, abandoned, aFact('CALL_ENDED', 200_000, { call_id: 'k' }));
    expect(conversation).toMatchObject({ isAbandonedCall: true, status: 'CLOSED', firstSolvedAtMs: null, firstReplyAtMs: null });
    expect(conversation.isClosedUnsolved).toBe(true);
  });

  it('that ended and is called abandoned a moment later was not solved in between', () => {
    const conversation = theConversation(
      started,
      aFact('CALL_ENDED', 200, { call_id: 'k' }),
      aFact('CALL_ABANDONED', 201, { call_id: 'k' }),
    );
    expect(conversation).toMatchObject({ solvedAtMs: [], closedAtMs: 200 });
  });

  it('without a number stands for itself once it is over', () => {
    expect(conversationsOf([aFact('CALL_ABANDONED', 5), aFact('CALL_ABANDONED', 9), aFact('CALL_STARTED', 1)])).toHaveLength(2);
  });

  it('that the company made waits for no answer of the company', () => {
    const out = aFact('CALL_STARTED', 0, { call_id: 'k', direction: 'outbound' });
    const conversation = theConversation(out, aFact('CALL_ENDED', HOUR_MS, { call_id: 'k', duration_seconds: 60 }));
    expect(conversation).toMatchObject({ openedByCompany: true, firstReplyAtMs: null, companyReplies: 0 });
    expect(statuses(conversation)[0]?.[0]).toBe('PENDING');
  });
});
