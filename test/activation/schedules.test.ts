import fc from 'fast-check';
import { afterAttempt, type Circuit, CLOSED } from '../../src/activation/circuit';
import { nextTryAt, RETRIED_MS, retryAfterOf } from '../../src/activation/retries';
import { rotated, validSecrets } from '../../src/activation/signingSecrets';

const NOW_MS = Date.UTC(2026, 0, 15, 12);
const chance = () => 0.5;
const failed = { succeeded: false, isProbe: false, retryAfterMs: null };

describe('retries', () => {
  it('come ever later, and the last one when the day is over', () => {
    const pausesS: number[] = [];
    let nowMs = NOW_MS;
    for (let tries = 1; ; tries++) {
      const nextMs = nextTryAt({ tries, giveUpAtMs: NOW_MS + RETRIED_MS, retryAfterMs: null }, nowMs, chance);
      if (nextMs === null) break;
      pausesS.push((nextMs - nowMs) / 1000);
      nowMs = nextMs;
    }
    expect(pausesS.slice(0, 9)).toEqual([5, 30, 120, 600, 1_800, 3_600, 7_200, 14_400, 28_800]);
    expect(nowMs).toBe(NOW_MS + RETRIED_MS);
  });

  it('stay within a fifth of their pause, whatever chance says, and never come sooner than the receiver asked for', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 30 }),
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        fc.nat(7_200_000),
        (tries, luck, retryAfterMs) => {
          const trial = { tries, giveUpAtMs: NOW_MS + 30 * RETRIED_MS };
          const usualMs = nextTryAt({ ...trial, retryAfterMs: null }, NOW_MS, chance) as number;
          const luckyMs = nextTryAt({ ...trial, retryAfterMs: null }, NOW_MS, () => luck) as number;
          expect(Math.abs(luckyMs - usualMs)).toBeLessThanOrEqual((usualMs - NOW_MS) * 0.2 + 1);
          expect(nextTryAt({ ...trial, retryAfterMs }, NOW_MS, () => luck)).toBeGreaterThanOrEqual(NOW_MS + retryAfterMs);
        },
      ),
    );
  });

  it.each([
    ['120', 120_000],
    ['0', 0],
    ['999999999', 7_200_000],
    [new Date(NOW_MS + 60_000).toUTCString(), 60_000],
    [new Date(NOW_MS - 60_000).toUTCString(), 0],
    ['soon', null],
    ['-1', null],
    ['1e9', null],
    [undefined, null],
  ])('read Retry-After: %s', (header, wantedMs) => {
    expect(retryAfterOf(header, NOW_MS)).toBe(wantedMs);
  });
});

describe('a circuit', () => {
  const failing = (times: number, circuit: Circuit = CLOSED): Circuit =>
    times === 0 ? circuit : failing(times - 1, afterAttempt(circuit, failed, NOW_MS, chance));

  it('opens with the fifth failure in a row', () => {
    expect(failing(4)).toEqual({ failures: 4, openings: 0, openUntilMs: null });
    expect(failing(5)).toEqual({ failures: 5, openings: 1, openUntilMs: NOW_MS + 10_000 });
  });

  it('opens no further by what was under way, but longer by each that tried, up to five minutes', () => {
    expect(failing(9).openUntilMs).toBe(NOW_MS + 10_000);
    const periods: number[] = [];
    for (let circuit = failing(5), probes = 0; probes < 6; probes++) {
      circuit = afterAttempt(circuit, { ...failed, isProbe: true }, NOW_MS, chance);
      periods.push((circuit.openUntilMs as number) - NOW_MS);
    }
    expect(periods).toEqual([30_000, 60_000, 120_000, 300_000, 300_000, 300_000]);
  });

  it('closes with any success, and opens at once for who asks to be left alone', () => {
    expect(afterAttempt(failing(7), { ...failed, succeeded: true }, NOW_MS, chance)).toEqual(CLOSED);
    expect(afterAttempt(CLOSED, { ...failed, retryAfterMs: 900_000 }, NOW_MS, chance).openUntilMs).toBe(NOW_MS + 900_000);
  });
});

it('lets a secret that was replaced sign for a day more, and only the last one', () => {
  const second = rotated({ current: 'a', previous: null, previousUntilMs: null }, 'b', NOW_MS);
  expect(validSecrets(second, NOW_MS + 86_399_999)).toEqual(['b', 'a']);
  expect(validSecrets(second, NOW_MS + 86_400_000)).toEqual(['b']);
  expect(validSecrets(rotated(second, 'c', NOW_MS + 1), NOW_MS + 1)).toEqual(['c', 'b']);
});
