import { type Backlog, retryAfterSeconds } from '../../src/intake/overload';
import { OverloadGate } from '../../src/intake/overloadGate';
import { NOW_MS } from './builders';

const LIMITS = { maxMessages: 1_000, maxSeconds: 60 };
const aBacklog = (messages: number, oldestSeconds = 1, workspaceId = 1): Backlog => ({
  workspaceId,
  messages,
  oldestReceivedAtMs: NOW_MS - oldestSeconds * 1000,
});

describe('retryAfterSeconds', () => {
  it.each([
    ['nothing to wait for within both limits', 1_000, 60, 10, null],
    ['the time that the excess takes to drain', 1_500, 1, 100, 5],
    ['at least a second', 1_001, 1, 10_000, 1],
    ['at most five minutes', 1_000_000, 1, 1, 300],
    ['a few seconds where nothing is known of the draining', 2_000, 1, 0, 5],
    ['the time that the share of too old messages takes to drain', 600, 120, 30, 10],
  ])('is %s', (_name, messages, oldestSeconds, drainedPerSecond, seconds) => {
    expect(retryAfterSeconds(aBacklog(messages, oldestSeconds), LIMITS, drainedPerSecond, NOW_MS)).toBe(seconds);
  });
});

describe('OverloadGate', () => {
  let backlogs: readonly Backlog[] | Error = [];
  let nowMs = NOW_MS;
  const readBacklog = (): Promise<readonly Backlog[]> => (backlogs instanceof Error ? Promise.reject(backlogs) : Promise.resolve(backlogs));
  const gateSeeing = async (seen: readonly Backlog[]): Promise<OverloadGate> => {
    backlogs = seen;
    nowMs = NOW_MS;
    const gate = new OverloadGate({ readBacklog, clock: () => nowMs }, LIMITS);
    await gate.look();
    return gate;
  };
  const refusal = (gate: OverloadGate, workspaceId = 1): unknown => {
    try {
      gate.refuseWhenBehind(workspaceId);
      return null;
    } catch (error) {
      return error;
    }
  };

  it('turns away a workspace that is behind, and no other', async () => {
    const gate = await gateSeeing([aBacklog(1_001, 1, 1), aBacklog(1_000, 1, 2)]);
    expect(refusal(gate, 1)).toMatchObject({ code: 'OVERLOADED', retryAfterSeconds: 5 });
    expect(refusal(gate, 2)).toBeNull();
    expect(refusal(gate, 3)).toBeNull();
  });

  it('opens again by itself when the inbox has emptied', async () => {
    const gate = await gateSeeing([aBacklog(5_000)]);
    backlogs = [aBacklog(10)];
    await gate.look();
    expect(refusal(gate)).toBeNull();
  });

  it('closes as the oldest message grows too old, without looking again', async () => {
    const gate = await gateSeeing([aBacklog(10, 60)]);
    expect(refusal(gate)).toBeNull();
    nowMs += 1_000;
    expect(refusal(gate)).toMatchObject({ code: 'OVERLOADED' });
  });

  it('estimates the wait from how fast the inbox shrinks', async () => {
    const gate = await gateSeeing([aBacklog(5_000)]);
    backlogs = [aBacklog(4_800)];
    nowMs += 1_000;
    await gate.look();
    expect(refusal(gate)).toMatchObject({ retryAfterSeconds: 19 });
  });

  it('keeps what it saw last while the database does not answer', async () => {
    const gate = await gateSeeing([aBacklog(5_000)]);
    backlogs = new Error('gone');
    await gate.look();
    expect(refusal(gate)).toMatchObject({ code: 'OVERLOADED' });
  });

  it('looks again and again until it is stopped', async () => {
    jest.useFakeTimers();
    const gate = await gateSeeing([]);
    await gate.start();
    backlogs = [aBacklog(5_000)];
    await jest.advanceTimersByTimeAsync(600);
    expect(refusal(gate)).toMatchObject({ code: 'OVERLOADED' });
    gate.stop();
    backlogs = [];
    await jest.advanceTimersByTimeAsync(5_000);
    expect(refusal(gate)).toMatchObject({ code: 'OVERLOADED' });
    jest.useRealTimers();
  });
});
