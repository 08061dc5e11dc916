import { valueTest } from './compareValue';
import type { Comparison } from './definition';

export const DAY_MS = 86_400_000;

/** Whole days of 24 hours since a time, rounded down; 0 where it lies ahead. */
export function daysSince(atMs: number, nowMs: number): number {
  return Math.max(0, Math.floor((nowMs - atMs) / DAY_MS));
}

/** Answers when time alone changes next what a comparison of `daysSince` says of a time; Infinity: never. Made ready for many times. */
export function daysChanges(comparison: Comparison): (atMs: number, nowMs: number) => number {
  const turns = turnsOf(comparison);
  return (atMs, nowMs) => {
    const days = daysSince(atMs, nowMs);
    const turn = turns.find((candidate) => candidate > days);
    return turn === undefined ? Infinity : atMs + turn * DAY_MS;
  };
}

/** The numbers of days, ascending, for which a comparison answers otherwise than for one day less. It can only where one of its numbers is reached or passed. */
export function turnsOf(comparison: Comparison): number[] {
  const test = valueTest(comparison);
  const candidates = numbersOf(comparison).flatMap((number) => [Math.ceil(number), Math.floor(number) + 1]);
  const turns = candidates.filter((days) => days > 0 && test(days, 0) !== test(days - 1, 0));
  return [...new Set(turns)].sort((left, right) => left - right);
}

function numbersOf(comparison: Comparison): number[] {
  const constants = comparison.op === 'in' ? comparison.values : 'value' in comparison ? [comparison.value] : [];
  return constants.filter((constant) => typeof constant === 'number');
}
