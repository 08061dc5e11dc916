import type { Json } from '../kernel/json';
import type { Moment } from './definition';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const LONGEST_SHOWN = 60;
const SIMPLE = /^[\p{L}\p{M}\p{N}_][\p{L}\p{M}\p{N}_ .:+-]*$/u;
/** An e-mail address, a telephone number or a link, whatever the trait is called. */
const LOOKS_PERSONAL = /@|%40|:\/\/|\d(?:[\s().-]?\d){6}/;

/** A value of a definition; in quotes where it could be taken for words around it. */
export function constantWords(value: string | number | boolean): string {
  if (typeof value === 'number') return numberWords(value);
  if (typeof value === 'boolean') return String(value);
  return SIMPLE.test(value) ? shortened(value) : `"${shortened(value)}"`;
}

/** A value of a customer; null for one that is no single value or could say who somebody is. */
export function shownValue(value: Json | undefined): string | null {
  if (typeof value === 'string') return LOOKS_PERSONAL.test(value) ? null : constantWords(value);
  return typeof value === 'number' || typeof value === 'boolean' ? constantWords(value) : null;
}

/** With four digits behind the point at most. */
function numberWords(value: number): string {
  if (Number.isInteger(value)) return String(value);
  return String(Math.abs(value) < 1e15 ? Number(value.toFixed(4)) : value);
}

function shortened(text: string): string {
  return text.length <= LONGEST_SHOWN ? text : `${text.slice(0, LONGEST_SHOWN).replace(/[\uD800-\uDBFF]$/, '')}…`;
}

/** `30 days`, `12 hours`. */
export function durationWords(durationMs: number): string {
  const [count, unit] = durationMs % DAY_MS === 0 ? [durationMs / DAY_MS, 'day'] : [durationMs / HOUR_MS, 'hour'];
  return count === 1 ? `1 ${unit}` : `${count} ${unit}s`;
}

/** `2026-11-30`, `2026-11-30T12:00:00Z`, `now`, `30 days ago`, `7 days from now`. */
export function momentWords(moment: Moment): string {
  if ('atMs' in moment) return instantWords(moment.atMs);
  if (moment.fromNowMs === 0) return 'now';
  return moment.fromNowMs < 0 ? `${durationWords(-moment.fromNowMs)} ago` : `${durationWords(moment.fromNowMs)} from now`;
}

function instantWords(atMs: number): string {
  const text = new Date(atMs).toISOString();
  return text.replace(/T00:00:00\.000Z$/, '').replace(/\.000Z$/, 'Z');
}
