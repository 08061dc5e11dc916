import fc from 'fast-check';
import { isPlausible, parseTimestamp } from '../../src/intake/timestamp';
import { NOW_MS } from './builders';

describe('parseTimestamp', () => {
  it.each([
    ['2026-11-22T12:00:00.000Z', NOW_MS],
    ['2026-11-22T12:00:00Z', NOW_MS],
    ['2026-11-22T12:00Z', NOW_MS],
    ['2026-11-22T12:00:00', NOW_MS],
    ['2026-11-22 12:00:00', NOW_MS],
    ['2026-11-22t12:00:00z', NOW_MS],
    ['2026-11-22T14:00:00+02:00', NOW_MS],
    ['2026-11-22T14:00:00.000+0200', NOW_MS],
    ['2026-11-22T08:30:00.000-03:30', NOW_MS],
    ['2026-11-22T14:00:00+02', NOW_MS],
    ['2026-11-22T12:00:00.1Z', NOW_MS + 100],
    ['2026-11-22T12:00:00.123456789Z', NOW_MS + 123],
    ['2026-11-22T12:00:00,25Z', NOW_MS + 250],
    ['2026-11-22', NOW_MS - 12 * 3_600_000],
    [' 2026-11-22T12:00:00Z ', NOW_MS],
    ['2024-02-29T00:00:00.000Z', Date.UTC(2024, 1, 29)],
    ['2026-12-31T23:59:59.999Z', Date.UTC(2026, 11, 31, 23, 59, 59, 999)],
    [NOW_MS, NOW_MS],
    [NOW_MS / 1000, NOW_MS],
    [String(NOW_MS), NOW_MS],
    ['1970-01-01T00:00:00.000Z', 0],
    [0, 0],
  ])('reads %j', (value, atMs) => {
    expect(parseTimestamp(value)).toBe(atMs);
  });

  it.each([
    'yesterday',
    '',
    '2026',
    '2026-11',
    '2026-13-01',
    '2026-02-30',
    '2026-02-29T00:00:00.000Z',
    '2026-04-31T00:00:00.000Z',
    '2026-11-22T25:00:00Z',
    '2026-11-22T12:60:00Z',
    '2026-11-22T12:00:00+99:00',
    'Sun, 22 Nov 2026 12:00:00 GMT',
    '12/31/2026',
    '+275760-09-13T00:00:00.000Z',
    'NaN',
    '0',
    true,
    {},
    [],
    Number.NaN,
    Number.POSITIVE_INFINITY,
  ])('finds no date in %j', (value) => {
    expect(isPlausible(parseTimestamp(value), NOW_MS)).toBe(false);
  });

  it('reads back whatever Date.toISOString writes', () => {
    fc.assert(
      fc.property(fc.date({ min: new Date(0), max: new Date('9999-12-31T23:59:59.999Z'), noInvalidDate: true }), (date) => {
        expect(parseTimestamp(date.toISOString())).toBe(date.getTime());
      }),
    );
  });
});

describe('isPlausible', () => {
  it.each([
    ['1970', 0, true],
    ['a moment before 1970', -1, false],
    ['a day from now', NOW_MS + 86_400_000, true],
    ['a moment more than a day from now', NOW_MS + 86_400_001, false],
    ['the year 9999', Date.UTC(9999, 0), false],
  ])('judges %s', (_name, atMs, plausible) => {
    expect(isPlausible(atMs, NOW_MS)).toBe(plausible);
  });
});
