import { valueTest } from './compareValue';
import type { Comparison } from './definition';

export const DAY_MS = 86_400_000;

/** Whole days of 24 hours since a time, rounded down; 0 where it lies ahead. */
export function daysSince(atMs: number, nowMs: number): number {
  return Math.max(0, Math.floor((nowMs - atMs) / DAY_MS));
}

/** When time alone changes next what a comparison of `daysSince` answers; Infinity: never. */
export function daysChangeAtMs(atMs: number, comparison: Comparison, nowMs: number): number {
  return atMs + nextDays(comparison, daysSince(atMs, nowMs)) * DAY_MS;
}

/** The least number of days above `days` for which a comparison answers otherwise; Infinity: none. It can only where one of its numbers is reached or passed. */
export function nextDays(comparison: Comparison, days: number): number {
  const test = valueTest(comparison);
  const holds = test(days, 0);
  const candidates = numbersOf(comparison).flatMap((number) => [Math.ceil(number), Math.floor(number) + 1]);
  return Math.min(Infinity, ...candidates.filter((candidate) => candidate > days && test(candidate, 0) !== holds));
}

function numbersOf(comparison: Comparison): number[] {
  const constants = comparison.op === 'in' ? comparison.values : 'value' in comparison ? [comparison.value] : [];
  return constants.filter((constant) => typeof constant === 'number');
}
