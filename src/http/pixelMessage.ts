import { isJsonObject, type JsonObject } from '../kernel/json';

const MAX_LEVELS = 16;

type Query = Readonly<Record<string, string | readonly string[] | undefined>>;

/**
 * The message in a pixel's address: `data` is JSON in base64, or every parameter is a field, with dots for what is nested
 * (`properties.total=5`). Null where `data` is no JSON object.
 */
export function pixelMessage(query: Query): JsonObject | null {
  const data = firstOf(query['data']);
  return data === null ? fromFields(query) : fromData(data);
}

function fromData(data: string): JsonObject | null {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(data, 'base64').toString('utf8'));
    return isJsonObject(parsed) ? parsed : null;
  } catch {
    return null;
  }
}

/** Objects without a prototype, so that a field named `__proto__` is one like any other. */
function fromFields(query: Query): JsonObject {
  const message: Record<string, unknown> = Object.create(null);
  for (const [name, value] of Object.entries(query)) {
    const path = name.split('.');
    put(message, path.length > MAX_LEVELS ? [name] : path, firstOf(value));
  }
  return message as JsonObject;
}

function put(message: Record<string, unknown>, path: readonly string[], value: string | null): void {
  let target = message;
  for (const step of path.slice(0, -1)) {
    const known = target[step];
    const inner: Record<string, unknown> = isRecord(known) ? known : Object.create(null);
    target[step] = inner;
    target = inner;
  }
  target[path.at(-1) as string] = value;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function firstOf(value: string | readonly string[] | undefined): string | null {
  return typeof value === 'string' ? value : (value?.[0] ?? null);
}
