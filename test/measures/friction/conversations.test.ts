import type { Fact } from '../../../src/measures/fact';
import { DAY_MS, factory, found, HOUR_MS, MINUTE_MS, MONDAY_MS } from './history';

const make = factory();
const opened = (ticket: string, atMs: number, properties = {}, channel: Fact['channel'] = 'EMAIL') =>
  make({ kind: 'CONVERSATION_OPENED', id: `open ${ticket}`, ticket, atMs, properties, channel });
const says = (id: string, ticket: string, atMs: number, comment: string) =>
  make({ kind: 'CONVERSATION_REPLIED', id, ticket, atMs, properties: { comment } });
const replies = (id: string, ticket: string, atMs: number, agent = 'Sam') =>
  make({
    kind: 'CONVERSATION_REPLIED',
    id,
    ticket,
    atMs,
    direction: 'OUTBOUND',
    properties: { agent_name: agent, comment: 'We look into it.' },
  });
const solved = (ticket: string, atMs: number) => make({ kind: 'CONVERSATION_SOLVED', id: `solved ${ticket} ${atMs}`, ticket, atMs });
const closed = (ticket: string, atMs: number) => make({ kind: 'CONVERSATION_CLOSED', id: `closed ${ticket}`, ticket, atMs });

describe('A repeated contact', () => {
  const comesBack = (ms: number, topics: readonly [object, object] = [{}, {}]) => [
    opened('1', 0, topics[0]),
    solved('1', HOUR_MS),
    opened('2', HOUR_MS + ms, topics[1]),
  ];

  it('is a conversation within seven days of a solved one', () => {
    expect(found('REPEATED_CONTACT', comesBack(7 * DAY_MS - 1), 30 * DAY_MS)).toMatchObject([
      { key: 'REPEATED_CONTACT/open 2', evidence: [`solved 1 ${HOUR_MS}`, 'open 2'] },
    ]);
    expect(found('REPEATED_CONTACT', comesBack(7 * DAY_MS), 30 * DAY_MS)).toEqual([]);
  });

  it('is about the same topic where both have one', () => {
    expect(found('REPEATED_CONTACT', comesBack(DAY_MS, [{ topic: 'Billing' }, { topic: 'Delivery' }]), 30 * DAY_MS)).toEqual([]);
    expect(found('REPEATED_CONTACT', comesBack(DAY_MS, [{ topic: 'Billing' }, {}]), 30 * DAY_MS)).toHaveLength(1);
  });

  it('is over when the second conversation is solved', () => {
    const facts = [...comesBack(DAY_MS), solved('2', 3 * DAY_MS)];
    expect(found('REPEATED_CONTACT', facts, 30 * DAY_MS)).toMatchObject([{ resolvedAtMs: MONDAY_MS + 3 * DAY_MS }]);
  });

  it('is none while the first is still open', () => {
    expect(found('REPEATED_CONTACT', [opened('1', 0), opened('2', DAY_MS)], 30 * DAY_MS)).toEqual([]);
  });
});

describe('Repeated information', () => {
  it('is an order number given again in another conversation', () => {
    const facts = [
      opened('1', 0, { description: 'Where is order #1042?' }),
      opened('2', DAY_MS, { description: 'Order number 1042 is still missing' }),
    ];
    expect(found('REPEATED_INFORMATION', facts, 2 * DAY_MS)).toMatchObject([
      {
        key: 'REPEATED_INFORMATION/open 2',
        evidence: ['open 1', 'open 2'],
        message: 'Had to give the number 1042 again in ticket 2, after giving it in ticket 1',
      },
    ]);
  });

  it('is a number of an order of theirs, however it is written', () => {
    const facts = [
      make({ kind: 'ORDER_PLACED', id: 'order', atMs: -DAY_MS, properties: { order_id: 'AB-77' } }),
      opened('1', 0, { description: 'AB-77 did not come' }),
      opened('2', DAY_MS, { description: 'any news on ab-77' }),
    ];
    expect(found('REPEATED_INFORMATION', facts, 2 * DAY_MS)).toHaveLength(1);
  });

  it('is an e-mail address or telephone number given to another agent', () => {
    const facts = [
      opened('1', 0, { description: 'Hi' }),
      replies('r1', '1', 1, 'Sam'),
      says('s1', '1', 2, 'I am ada@example.com'),
      replies('r2', '1', 3, 'Kim'),
      says('s2', '1', 4, 'As I said: Ada@Example.com'),
    ];
    expect(found('REPEATED_INFORMATION', facts, DAY_MS)).toMatchObject([{ evidence: ['s1', 's2'] }]);
  });

  it('is not what is said twice to the same agent', () => {
    const facts = [opened('1', 0), replies('r1', '1', 1), says('s1', '1', 2, 'ada@example.com'), says('s2', '1', 3, 'ada@example.com')];
    expect(found('REPEATED_INFORMATION', facts, DAY_MS)).toEqual([]);
  });

  it('is the same text but for a word, in any script; not a short one', () => {
    const story = 'The blue kettle that I bought in May has stopped heating after two weeks and the lamp stays dark all the time now';
    const twice = (first: string, second: string) =>
      found('REPEATED_INFORMATION', [opened('1', 0, { description: first }), opened('2', DAY_MS, { description: second })], 2 * DAY_MS);
    expect(twice(story, `${story} sadly`)).toHaveLength(1);
    expect(
      twice(story, 'The red kettle that I bought in June has started leaking after two months and I would like to have a new one please'),
    ).toEqual([]);
    expect(twice('我上周买的水壶坏了怎么办呢', '我上周买的水壶坏了怎么办呢')).toHaveLength(1);
    expect(twice('Where is my parcel?', 'Where is my parcel?')).toEqual([]);
  });

  it('is not what stands in the signature under each letter', () => {
    const letter = (words: string) => ({ description: `${words}\n\nBest regards\nAda Lovelace, ada@example.com, +44 20 7946 0958` });
    const facts = [opened('1', 0, letter('Where is it?')), opened('2', DAY_MS, letter('What does it cost?'))];
    expect(found('REPEATED_INFORMATION', facts, 2 * DAY_MS)).toEqual([]);
  });

  it('does not take years, prices and times for numbers of something', () => {
    const facts = [
      opened('1', 0, { description: 'Bought in 2025 for 1299 EUR' }),
      opened('2', DAY_MS, { description: 'Since 2025 it cost me 1299 EUR' }),
    ];
    expect(found('REPEATED_INFORMATION', facts, 2 * DAY_MS)).toEqual([]);
  });
});

describe('An unresolved conversation', () => {
  it('is found after five days, worse after ten, over when solved', () => {
    const facts = [opened('1', 0), replies('r', '1', HOUR_MS)];
    expect(found('UNRESOLVED', facts, 5 * DAY_MS - 1)).toEqual([]);
    expect(found('UNRESOLVED', facts, 5 * DAY_MS)).toMatchObject([{ severity: 'MEDIUM', resolvedAtMs: null }]);
    expect(found('UNRESOLVED', facts, 10 * DAY_MS)).toMatchObject([{ severity: 'HIGH' }]);
    expect(found('UNRESOLVED', [...facts, solved('1', 6 * DAY_MS)], 30 * DAY_MS)).toMatchObject([
      { resolvedAtMs: MONDAY_MS + 6 * DAY_MS, severity: 'MEDIUM' },
    ]);
    expect(found('UNRESOLVED', [...facts, solved('1', 5 * DAY_MS)], 30 * DAY_MS)).toEqual([]);
  });

  it('is one that was closed without having been solved', () => {
    expect(found('UNRESOLVED', [opened('1', 0), closed('1', HOUR_MS)], DAY_MS)).toMatchObject([{ key: 'UNRESOLVED/closed 1' }]);
    expect(found('UNRESOLVED', [opened('1', 0), solved('1', 1), closed('1', HOUR_MS)], DAY_MS)).toEqual([]);
  });

  it.each(['chat', 'conversation'])('is not a chat that an agent answered and that then ended, numbered as a %s', (type) => {
    const chat = { ticket: '9', type, channel: 'CHAT' } as const;
    const [open, end] = [make({ kind: 'CONVERSATION_OPENED', ...chat }), make({ kind: 'CONVERSATION_CLOSED', ...chat, atMs: HOUR_MS })];
    const reply = make({ kind: 'CONVERSATION_REPLIED', ...chat, direction: 'OUTBOUND', atMs: MINUTE_MS });
    expect(found('UNRESOLVED', [open, reply, end], DAY_MS)).toEqual([]);
    expect(found('UNRESOLVED', [open, end], DAY_MS)).toHaveLength(1);
  });

  it('is not one that a thank you opened again', () => {
    const facts = [opened('1', 0), solved('1', HOUR_MS), says('thanks', '1', 2 * HOUR_MS, 'Thank you so much!')];
    expect(found('UNRESOLVED', facts, 30 * DAY_MS)).toEqual([]);
  });
});

describe('A reopened conversation', () => {
  it('is one sign a reopening, HIGH from the second on, over when solved again', () => {
    const facts = [
      opened('1', 0),
      solved('1', HOUR_MS),
      make({ kind: 'CONVERSATION_REOPENED', id: 'again', ticket: '1', atMs: 2 * HOUR_MS }),
      solved('1', 3 * HOUR_MS),
      says('more', '1', 4 * HOUR_MS, 'It is broken again'),
    ];
    expect(found('REOPENED', facts, DAY_MS)).toMatchObject([
      { key: 'REOPENED/again', severity: 'MEDIUM', evidence: [`solved 1 ${HOUR_MS}`, 'again'], resolvedAtMs: MONDAY_MS + 3 * HOUR_MS },
      { key: 'REOPENED/more', severity: 'HIGH', resolvedAtMs: null },
    ]);
  });

  it('is not one in which the customer only thanks', () => {
    expect(found('REOPENED', [opened('1', 0), solved('1', HOUR_MS), says('thanks', '1', 2 * HOUR_MS, 'Thanks!')], DAY_MS)).toEqual([]);
  });
});

describe('A channel switch', () => {
  const call = (atMs: number, properties = {}) => make({ kind: 'CALL_STARTED', id: 'call', ticket: '2', atMs, properties });

  it('carries what is not solved yet to another channel within a day', () => {
    expect(found('CHANNEL_SWITCH', [opened('1', 0), call(DAY_MS - 1)], 2 * DAY_MS)).toMatchObject([
      {
        key: 'CHANNEL_SWITCH/call',
        evidence: ['open 1', 'call'],
        channel: 'PHONE',
        message: 'Went from email to phone with the same matter (call 2)',
      },
    ]);
    expect(found('CHANNEL_SWITCH', [opened('1', 0), call(DAY_MS)], 2 * DAY_MS)).toEqual([]);
  });

  it('is about the same matter: equal topics, or at least none that contradict', () => {
    const [billing, delivery] = [{ topic: 'Billing' }, { topic: 'Delivery' }];
    expect(found('CHANNEL_SWITCH', [opened('1', 0, billing), call(HOUR_MS, delivery)], DAY_MS)).toEqual([]);
    expect(found('CHANNEL_SWITCH', [opened('1', 0, billing), solved('1', 1), call(HOUR_MS, billing)], DAY_MS)).toHaveLength(1);
    expect(found('CHANNEL_SWITCH', [opened('1', 0), solved('1', 1), call(HOUR_MS)], DAY_MS)).toEqual([]);
  });

  it('is not a second conversation on the same channel', () => {
    expect(found('CHANNEL_SWITCH', [opened('1', 0), opened('2', HOUR_MS)], DAY_MS)).toEqual([]);
  });

  it('can happen within one conversation, but a ticket that goes on by e-mail is none', () => {
    const chatted = make({ kind: 'CONVERSATION_REPLIED', id: 'chat', ticket: '1', atMs: HOUR_MS, channel: 'CHAT' });
    expect(found('CHANNEL_SWITCH', [opened('1', 0), chatted], DAY_MS)).toMatchObject([{ key: 'CHANNEL_SWITCH/chat' }]);
    expect(found('CHANNEL_SWITCH', [opened('1', 0, {}, 'WEB'), says('mail', '1', HOUR_MS, 'hello')], DAY_MS)).toEqual([]);
  });
});
