import type { Channel } from '../../../src/kernel/vocabulary';
import type { Fact } from '../../../src/measures/fact';
import { DAY_MS, factory, found, frictionIn, HOUR_MS, MINUTE_MS, MONDAY_MS } from './history';

function opened(channel: Channel): Fact[] {
  const make = factory();
  return [make({ kind: 'CONVERSATION_OPENED', ticket: '7', channel })];
}

function answered(channel: Channel, afterMs: number): Fact[] {
  const make = factory();
  return [
    make({ kind: 'CONVERSATION_OPENED', ticket: '7', channel }),
    make({ kind: 'CONVERSATION_REPLIED', ticket: '7', channel, direction: 'OUTBOUND', atMs: afterMs }),
  ];
}

describe('A long wait', () => {
  it.each([
    ['CHAT', 2 * MINUTE_MS],
    ['PHONE', 3 * MINUTE_MS],
    ['MESSENGER', 30 * MINUTE_MS],
    ['EMAIL', 8 * HOUR_MS],
  ] as const)('over %s is found by the clock, at its target', (channel, targetMs) => {
    expect(found('LONG_WAIT', opened(channel), targetMs - 1)).toEqual([]);
    expect(found('LONG_WAIT', opened(channel), targetMs)).toMatchObject([
      { key: 'LONG_WAIT/f1', severity: 'MEDIUM', detectedAtMs: MONDAY_MS + targetMs, resolvedAtMs: null, channel },
    ]);
  });

  it('wakes the clock exactly then', () => {
    expect(frictionIn(opened('CHAT'), 0).nextAtMs).toBe(MONDAY_MS + 2 * MINUTE_MS);
  });

  it('is over with the reply, which is among its evidence', () => {
    const facts = answered('CHAT', 5 * MINUTE_MS);
    expect(found('LONG_WAIT', facts, 4 * MINUTE_MS)).toMatchObject([{ resolvedAtMs: null }]);
    expect(found('LONG_WAIT', facts, DAY_MS)).toMatchObject([{ resolvedAtMs: MONDAY_MS + 5 * MINUTE_MS, evidence: ['f1', 'f2'] }]);
  });

  it('is none where the reply comes in time', () => {
    expect(found('LONG_WAIT', answered('CHAT', 2 * MINUTE_MS), DAY_MS)).toEqual([]);
  });

  it('becomes HIGH at four times the target, but not after it was over', () => {
    expect(found('LONG_WAIT', opened('CHAT'), 8 * MINUTE_MS)).toMatchObject([{ severity: 'HIGH' }]);
    expect(found('LONG_WAIT', answered('CHAT', 7 * MINUTE_MS), DAY_MS)).toMatchObject([{ severity: 'MEDIUM' }]);
  });

  it('by e-mail counts business hours: over a weekend nobody waits', () => {
    const make = factory();
    const friday = 4 * DAY_MS + 7 * HOUR_MS;
    const facts = [make({ kind: 'CONVERSATION_OPENED', ticket: '7', atMs: friday })];
    expect(found('LONG_WAIT', facts, 7 * DAY_MS)).toEqual([]);
    expect(found('LONG_WAIT', facts, 7 * DAY_MS + 7 * HOUR_MS)).toHaveLength(1);
  });

  it('begins anew with each question, one sign a wait', () => {
    const make = factory();
    const chat = { ticket: '7', channel: 'CHAT' } as const;
    const facts = [
      make({ kind: 'CONVERSATION_OPENED', ...chat }),
      make({ kind: 'CONVERSATION_REPLIED', ...chat, direction: 'OUTBOUND', atMs: MINUTE_MS }),
      make({ kind: 'CONVERSATION_REPLIED', ...chat, atMs: 2 * MINUTE_MS, properties: { comment: 'And when does it come?' } }),
      make({ kind: 'CONVERSATION_REPLIED', ...chat, atMs: 3 * MINUTE_MS, properties: { comment: 'Hello?' } }),
    ];
    expect(found('LONG_WAIT', facts, DAY_MS)).toMatchObject([{ key: 'LONG_WAIT/f3' }]);
  });

  it('does not begin with a thank you', () => {
    const make = factory();
    const facts = [
      ...answered('CHAT', MINUTE_MS),
      make({
        kind: 'CONVERSATION_REPLIED',
        id: 'thanks',
        ticket: '7',
        channel: 'CHAT',
        atMs: HOUR_MS,
        properties: { comment: 'Great, thanks a lot!' },
      }),
    ];
    expect(found('LONG_WAIT', facts, DAY_MS)).toEqual([]);
  });

  it('is not what the company began itself', () => {
    const make = factory();
    expect(
      found('LONG_WAIT', [make({ kind: 'CONVERSATION_OPENED', ticket: '7', channel: 'CHAT', direction: 'OUTBOUND' })], DAY_MS),
    ).toEqual([]);
  });

  it('is not ended by notes or bots', () => {
    const make = factory();
    const facts = [
      ...opened('CHAT'),
      make({
        kind: 'CONVERSATION_REPLIED',
        id: 'note',
        ticket: '7',
        direction: 'INTERNAL',
        atMs: MINUTE_MS,
        properties: { public: false },
      }),
      make({ kind: 'BOT_REPLIED', id: 'bot', ticket: '7', channel: 'CHAT', atMs: MINUTE_MS }),
    ];
    expect(found('LONG_WAIT', facts, HOUR_MS)).toMatchObject([{ resolvedAtMs: null }]);
  });

  it('is told by the telephone system of a call whose beginning is unknown', () => {
    const make = factory();
    const ended = (waitSeconds: number) =>
      make({ kind: 'CALL_ENDED', ticket: `${waitSeconds}`, properties: { wait_seconds: waitSeconds } });
    expect(found('LONG_WAIT', [ended(180)], DAY_MS)).toEqual([]);
    expect(found('LONG_WAIT', [ended(400)], DAY_MS)).toHaveLength(1);
  });
});
