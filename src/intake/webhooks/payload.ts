import { isJsonObject, type Json, type JsonObject } from '../../kernel/json';
import { UnreadablePayload } from './webhookVendor';

type Maybe = Json | undefined;

const NOTHING: JsonObject = Object.freeze({});

/** The member at the end of the path; undefined where there is none. Numbers step into lists, negative ones from their end. */
export function at(value: Maybe, ...path: readonly (string | number)[]): Maybe {
  let inner = value;
  for (const step of path) {
    if (typeof step === 'number') inner = Array.isArray(inner) ? (inner as readonly Json[]).at(step) : undefined;
    else inner = isJsonObject(inner) && Object.hasOwn(inner, step) ? inner[step] : undefined;
  }
  return inner;
}

/** An object; an empty one where there is none. */
export function objectAt(value: Maybe, ...path: readonly (string | number)[]): JsonObject {
  const found = at(value, ...path);
  return isJsonObject(found) ? found : NOTHING;
}

/** A list; an empty one where there is none. */
export function listAt(value: Maybe, ...path: readonly (string | number)[]): readonly Json[] {
  const found = at(value, ...path);
  return Array.isArray(found) ? (found as readonly Json[]) : [];
}

/** Text that is not blank, trimmed, or a number as its digits; undefined for anything else. */
export function textAt(value: Maybe, ...path: readonly (string | number)[]): string | undefined {
  const found = at(value, ...path);
  if (typeof found === 'number') return String(found);
  return typeof found === 'string' && found.trim() !== '' ? found.trim() : undefined;
}

/** Throws UnreadablePayload, which names the path, where there is no such text. */
export function neededText(value: Maybe, ...path: readonly (string | number)[]): string {
  const found = textAt(value, ...path);
  if (found === undefined) throw new UnreadablePayload(`The payload has no ${path.join('.')}.`);
  return found;
}

/** Throws UnreadablePayload where the payload is none. */
export function neededObject(value: Maybe, what: string): JsonObject {
  if (isJsonObject(value)) return value;
  throw new UnreadablePayload(`${what} is no JSON object.`);
}

/** A number, or text that writes one; undefined for anything else. */
export function numberAt(value: Maybe, ...path: readonly (string | number)[]): number | undefined {
  const text = textAt(value, ...path);
  const number = text === undefined ? Number.NaN : Number(text);
  return Number.isFinite(number) ? number : undefined;
}

/** ISO 8601 of seconds since 1970; undefined where there are none. */
export function timeOfUnixSeconds(seconds: number | undefined): string | undefined {
  const ms = (seconds ?? Number.NaN) * 1000;
  return ms > 0 && ms < 8.64e15 ? new Date(ms).toISOString() : undefined;
}

/** Without the members that are not there: undefined or null. */
export function given(members: Readonly<Record<string, Maybe>>): JsonObject {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined && value !== null));
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };

/** The words of HTML as help desks write it: a line a block, without tags, the common entities resolved. */
export function wordsOfHtml(html: string | undefined): string | undefined {
  if (html === undefined) return undefined;
  const words = html
    .replace(/<(?:br|\/p|\/div|\/li|\/h[1-6]|\/tr)\b[^>]*>/gi, '\n')
    .replace(/<[^>]*>/g, '')
    .replace(/&(?:#(\d{1,7})|([a-z]+));/gi, (whole, code: string | undefined, name: string | undefined) =>
      code === undefined ? (ENTITIES[(name ?? '').toLowerCase()] ?? whole) : codePoint(Number(code)),
    )
    .replace(/[ \t]+/g, ' ')
    .replace(/ ?\n ?(?:\n ?)*/g, '\n')
    .trim();
  return words === '' ? undefined : words;
}

function codePoint(code: number): string {
  return code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff) ? String.fromCodePoint(code) : '\ufffd';
}

/** `[{ type, id }]` of those ids that are there, as a message's context names them. */
export function externalIds(ids: Readonly<Record<string, string | undefined>>): readonly JsonObject[] {
  return Object.entries(ids).flatMap(([type, id]) => (id === undefined ? [] : [{ type, id }]));
}
