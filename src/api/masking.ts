import { isJsonObject, type Json, type JsonObject } from '../kernel/json';
import { isPersonalKey } from '../profile/personalKeys';

/** Deeper than anything that is stored. */
const MAX_LEVELS = 100;
const MASK = '***';

/** The first character of a value and nothing else; of an e-mail address that of both its halves, and the end of the domain. */
export function maskValue(value: string): string {
  const at = value.lastIndexOf('@');
  if (at <= 0 || /\s/.test(value)) return firstOf(value) + MASK;
  const domain = value.slice(at + 1);
  const dot = domain.lastIndexOf('.');
  return `${firstOf(value)}${MASK}@${firstOf(domain)}${MASK}${dot > 0 ? domain.slice(dot) : ''}`;
}

export function maskIdentifier(type: string, value: string): string {
  return type === 'phone' ? `+${MASK}` : maskValue(value);
}

/** Free text: what looks like an e-mail address or an international phone number in it. */
export function maskText(text: string): string {
  const withoutPhones = text.replace(/\+\d[\d\s().-]{4,}\d/g, `+${MASK}`);
  if (!/@|%40/i.test(withoutPhones)) return withoutPhones;
  return withoutPhones
    .split(/(\s+)/)
    .map((word) => (word.includes('@') ? maskValue(word) : /%40/i.test(word) ? MASK : word))
    .join('');
}

/** A line that was made of what is not masked: as `maskText`, and numbers as long as a telephone's. */
export function maskLine(line: string): string {
  return maskText(line.replace(/\d{7,}/g, MASK));
}

/** An object with its personal fields masked, at any depth, and its texts searched for addresses and numbers. */
export function maskObject(object: JsonObject): JsonObject {
  return maskFields(object, false, 0);
}

/** An object of which nobody knows what its fields mean: its shape, and how each value begins. */
export function maskWhole(object: JsonObject): JsonObject {
  return maskFields(object, true, 0);
}

/** Whether somebody's address or number stands in it, as far as a text tells. */
export function holdsAddress(text: string): boolean {
  return maskText(text) !== text;
}

/** The value of one field. */
export function maskField(key: string, value: Json): Json {
  return mask(value, isPersonalKey(key), 0);
}

function maskFields(object: JsonObject, personal: boolean, level: number): JsonObject {
  const masked: Record<string, Json | undefined> = Object.create(null);
  for (const key of Object.keys(object)) {
    const value = object[key];
    masked[maskText(key)] = value === undefined ? undefined : mask(value, personal || isPersonalKey(key), level + 1);
  }
  return masked;
}

function mask(value: Json, personal: boolean, level: number): Json {
  if (value === null || typeof value === 'boolean') return value;
  if (level > MAX_LEVELS) return MASK;
  if (typeof value === 'string') return personal ? maskValue(value) : maskText(value);
  if (typeof value === 'number') return personal ? MASK : value;
  if (isJsonObject(value)) return maskFields(value, personal, level);
  return value.map((item) => mask(item, personal, level + 1));
}

function firstOf(text: string): string {
  return Array.from(text.slice(0, 2))[0] ?? '';
}
