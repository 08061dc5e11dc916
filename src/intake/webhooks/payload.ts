import { type Decimal, decimalText, parseDecimal } from '../../kernel/decimal';
import { isJsonObject, type Json, type JsonObject } from '../../kernel/json';
import { parseTimestamp } from '../timestamp';
import { UnreadablePayload } from './webhookVendor';

export type Stated = Json | undefined;

/** Where a payload states something: a member's name, or a path of names and, as numbers, places in lists, negative ones from their end. */
export type Place = string | readonly (string | number)[];

/** The last moment that a Date can hold. */
const END_OF_TIME_MS = 8.64e15;
const NOTHING: JsonObject = Object.freeze({});

/** As it stands there; undefined where nothing does. */
export function valueAt(payload: Stated, place: Place): Stated {
  let inner = payload;
  for (const step of typeof place === 'string' ? [place] : place) {
    if (typeof step === 'number') inner = Array.isArray(inner) ? (inner as readonly Json[]).at(step) : undefined;
    else inner = isJsonObject(inner) && Object.hasOwn(inner, step) ? inner[step] : undefined;
  }
  return inner;
}

function firstAt<Read>(payload: Stated, places: readonly Place[], read: (value: Stated) => Read | null): Read | null {
  for (const place of places) {
    const found = read(valueAt(payload, place));
    if (found !== null) return found;
  }
  return null;
}

/** The first of the places that holds a text that isn't blank, trimmed, or a number, as its digits. */
export function textIn(payload: Stated, ...places: readonly Place[]): string | null {
  return firstAt(payload, places, asText);
}

export function asText(value: Stated): string | null {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null;
}

/** The texts of a list, or the only one that stands in its place. */
export function textsIn(payload: Stated, place: Place): readonly string[] {
  const found = valueAt(payload, place);
  return (Array.isArray(found) ? (found as readonly Json[]) : [found]).flatMap((value) => asText(value) ?? []);
}

/** Empty where there is none. */
export function objectIn(payload: Stated, place: Place): JsonObject {
  const found = valueAt(payload, place);
  return isJsonObject(found) ? found : NOTHING;
}

/** The objects of a list; empty where there is none. */
export function objectsIn(payload: Stated, place: Place): readonly JsonObject[] {
  const found = valueAt(payload, place);
  return Array.isArray(found) ? (found as readonly Json[]).filter(isJsonObject) : [];
}

/** A number, or a text that writes one. */
export function numberIn(payload: Stated, ...places: readonly Place[]): number | null {
  const number = Number(textIn(payload, ...places) ?? Number.NaN);
  return Number.isFinite(number) ? number : null;
}

export function decimalIn(payload: Stated, ...places: readonly Place[]): Decimal | null {
  return firstAt(payload, places, parseDecimal);
}

/** An amount in whole units, exactly as it was sent. */
export function amountIn(payload: Stated, ...places: readonly Place[]): string | null {
  return firstAt(payload, places, (value) => {
    const decimal = parseDecimal(value);
    return decimal && (typeof value === 'string' ? value.trim() : decimalText(decimal));
  });
}

/** A code of three letters, in capitals. */
export function currencyIn(payload: Stated, ...places: readonly Place[]): string | null {
  const code = (value: Stated) => (typeof value === 'string' && /^[A-Za-z]{3}$/.test(value) ? value.toUpperCase() : null);
  return firstAt(payload, places, code);
}

/** ISO 8601 of the first place that holds a time: ISO 8601, or a number of seconds or milliseconds. */
export function timeIn(payload: Stated, ...places: readonly Place[]): string | null {
  return firstAt(payload, places, isoTime);
}

function isoTime(value: Stated): string | null {
  const atMs = parseTimestamp(value);
  return Math.abs(atMs) <= END_OF_TIME_MS ? new Date(atMs).toISOString() : null;
}

/** The needed… throw UnreadablePayload, which names the places, where there is none. */
export function neededText(payload: Stated, ...places: readonly Place[]): string {
  return needed(textIn(payload, ...places), places);
}

export function neededTime(payload: Stated, ...places: readonly Place[]): string {
  return needed(timeIn(payload, ...places), places);
}

function needed(found: string | null, places: readonly Place[]): string {
  if (found !== null) return found;
  throw new UnreadablePayload(`The payload has no ${places.map((place) => [place].flat().join('.')).join(' or ')}.`);
}

export function neededObject(value: Stated, what: string): JsonObject {
  if (isJsonObject(value)) return value;
  throw new UnreadablePayload(`${what} is no JSON object.`);
}

/** What is known: members that are null or undefined are left out. */
export function known(members: Readonly<Record<string, Stated>>): JsonObject {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== null && value !== undefined));
}
