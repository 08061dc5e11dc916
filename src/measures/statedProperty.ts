import type { Json, JsonObject } from '../kernel/json';

/** The first of these properties that holds words, trimmed; numbers as their text. Null where none does. */
export function statedText(properties: JsonObject, ...names: readonly string[]): string | null {
  for (const name of names) {
    const text = textOfValue(properties[name]);
    if (text !== null) return text;
  }
  return null;
}

function textOfValue(value: Json | undefined): string | null {
  if (typeof value === 'number') return String(value);
  if (typeof value !== 'string') return null;
  const text = value.trim();
  return text === '' ? null : text;
}

const DECIMAL = /^[+-]?(\d+\.?\d*|\.\d+)$/;

/** The first of these properties that is a number, or text of one such as "4.5"; null where none is. */
export function statedNumber(properties: JsonObject, ...names: readonly string[]): number | null {
  for (const name of names) {
    const value = properties[name];
    if (typeof value === 'number' && Number.isFinite(value)) return value;
    if (typeof value === 'string' && DECIMAL.test(value.trim())) return Number(value);
  }
  return null;
}
