import { type Decimal, decimalText, parseDecimal } from '../../kernel/decimal';
import { isJsonObject, type Json, type JsonObject } from '../../kernel/json';
import { uuidFromName } from '../../kernel/uuid';
import { parseTimestamp } from '../timestamp';
import { UnreadablePayload } from './webhookVendor';

const MAX_MESSAGE_ID_CHARACTERS = 100;
/** The last moment that a Date can hold. */
const END_OF_TIME_MS = 8.64e15;

export type Stated = Json | undefined;

/** The payload as an object; anything else is no event of the vendor. */
export function objectOf(payload: Stated, what: string): JsonObject {
  if (isJsonObject(payload)) return payload;
  throw new UnreadablePayload(`${what} is no object.`);
}

/** Empty where there is none. */
export function objectIn(fields: JsonObject, name: string): JsonObject {
  const value = fields[name];
  return isJsonObject(value) ? value : {};
}

/** The objects of a list; empty where there is none. */
export function objectsIn(fields: JsonObject, name: string): readonly JsonObject[] {
  const value = fields[name];
  return Array.isArray(value) ? (value as readonly Json[]).filter(isJsonObject) : [];
}

/** The first of the members that is a text that isn't blank, or a number, as text. */
export function textIn(fields: JsonObject, ...names: readonly string[]): string | null {
  for (const name of names) {
    const text = asText(fields[name]);
    if (text !== null) return text;
  }
  return null;
}

export function neededText(fields: JsonObject, ...names: readonly string[]): string {
  const text = textIn(fields, ...names);
  if (text === null) throw new UnreadablePayload(`There is no ${names.join(' or ')}.`);
  return text;
}

export function asText(value: Stated): string | null {
  if (typeof value === 'number') return String(value);
  if (typeof value !== 'string') return null;
  const text = value.trim();
  return text === '' ? null : text;
}

export function decimalIn(fields: JsonObject, name: string): Decimal | null {
  return parseDecimal(fields[name]);
}

/** An amount in whole units, exactly as it was sent; null where it is no decimal number. */
export function amountIn(fields: JsonObject, ...names: readonly string[]): string | null {
  for (const name of names) {
    const decimal = decimalIn(fields, name);
    if (decimal) return typeof fields[name] === 'string' ? fields[name].trim() : decimalText(decimal);
  }
  return null;
}

export function currencyIn(fields: JsonObject, name: string): string | null {
  const code = fields[name];
  return typeof code === 'string' && /^[A-Za-z]{3}$/.test(code) ? code.toUpperCase() : null;
}

/** The first of the members that is a time; ISO 8601, or a number of seconds or milliseconds. */
export function timeIn(fields: JsonObject, ...names: readonly string[]): string | null {
  for (const name of names) {
    const time = isoTime(fields[name]);
    if (time !== null) return time;
  }
  return null;
}

export function isoTime(value: Stated): string | null {
  const atMs = parseTimestamp(value);
  return Math.abs(atMs) <= END_OF_TIME_MS ? new Date(atMs).toISOString() : null;
}

/** What is known: members that are null or undefined are left out. */
export function known(fields: Readonly<Record<string, Stated>>): JsonObject {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null && value !== undefined));
}

/** What names an event: its parts, or their hash where they are longer than a messageId may be. */
export function messageIdOf(...parts: readonly (string | null)[]): string {
  const name = parts.filter((part) => part !== null).join(':');
  return name.length <= MAX_MESSAGE_ID_CHARACTERS ? name : uuidFromName(name);
}

/** For events that carry no id: the same event sent again has the same name, whatever the order of its members. */
export function contentId(content: Json): string {
  return uuidFromName(JSON.stringify(content, (_, value: unknown) => (isJsonObject(value) ? sorted(value) : value)));
}

function sorted(fields: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(fields).sort(([left], [right]) => (left < right ? -1 : 1)));
}
