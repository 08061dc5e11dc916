import type { Json, JsonObject } from '../kernel/json';
import type { Window } from './definition';
import { type DefinitionFaults, memberPlace, ownMember } from './definitionFaults';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const LONGEST_DAYS = 3_650;
const UNIT_MS: Readonly<Record<string, number>> = { h: HOUR_MS, d: DAY_MS, w: 7 * DAY_MS };
const DURATION = /^([1-9][0-9]{0,5})([hdw])$/;

/** Milliseconds of `12h`, `30d` or `2w`; days have 24 hours. Null for anything else, for nothing, and for more than ten years. */
export function durationOf(text: string): number | null {
  const [, digits, unit = ''] = DURATION.exec(text) ?? [];
  const durationMs = digits === undefined ? Number.NaN : Number(digits) * (UNIT_MS[unit] ?? Number.NaN);
  return durationMs <= LONGEST_DAYS * DAY_MS ? durationMs : null;
}

/** The members `within` and `olderThan` of a condition. */
export function parseWindow(place: string, members: JsonObject, faults: DefinitionFaults): Window {
  const withinMs = parseDuration(memberPlace(place, 'within'), ownMember(members, 'within'), faults);
  const olderThanPlace = memberPlace(place, 'olderThan');
  const olderThanMs = parseDuration(olderThanPlace, ownMember(members, 'olderThan'), faults);
  if (withinMs !== null && olderThanMs !== null && olderThanMs >= withinMs) faults.add(olderThanPlace, 'must be shorter than within');
  return { withinMs, olderThanMs };
}

/** Null where it is left out. */
export function parseDuration(place: string, json: Json | undefined, faults: DefinitionFaults): number | null {
  if (json === undefined) return null;
  const durationMs = typeof json === 'string' ? durationOf(json) : null;
  return durationMs ?? faults.add(place, `must be a time such as 12h, 30d or 2w, at most ${LONGEST_DAYS}d`);
}
