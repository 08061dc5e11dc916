import { isJsonObject, type Json, type JsonObject } from '../../kernel/json';
import { parseJson, parseJsonExactly } from '../parseJson';
import { type KeptHeaders, UnreadablePayload, type WebhookDelivery, type WebhookVendor } from './webhookVendor';

/** What marks a delivery among the requests of the inbox and among dead letters. */
export const WEBHOOK = 'webhook';

/** A delivery that was found genuine, as the inbox and a dead letter keep it. */
export interface StoredDelivery {
  /** When it came the first time, however often it is retried. */
  readonly receivedAtMs: number;
  readonly headers: KeptHeaders;
  readonly payload: Json;
}

/** Digits enough for a number that a double may not hold. */
const MANY_DIGITS = /\d{16}|\d[eE]/;

/** What is kept of a delivery. A body that its vendor can't decode is kept as its text. Refuses with BODY_TOO_DEEP. */
export function storedDelivery(delivery: WebhookDelivery, vendor: WebhookVendor): StoredDelivery {
  const headers: Record<string, string> = {};
  for (const name of vendor.keptHeaders) {
    const value = delivery.headers[name];
    if (value !== undefined) headers[name] = value;
  }
  return { receivedAtMs: delivery.receivedAtMs, headers, payload: payloadOf(delivery.body, vendor) };
}

export function deliveryJson(delivery: StoredDelivery): string {
  return JSON.stringify({ type: WEBHOOK, ...delivery });
}

/** Null where the object is no stored delivery. */
export function deliveryFromJson(json: unknown): StoredDelivery | null {
  if (!isJsonObject(json) || json['type'] !== WEBHOOK) return null;
  const { receivedAtMs, headers, payload } = json;
  if (typeof receivedAtMs !== 'number' || payload === undefined) return null;
  return { receivedAtMs, headers: headersFrom(headers), payload };
}

/** JSON in UTF-8; numbers that a double can't hold as strings of their digits. */
export function parseExactly(body: Uint8Array): Json {
  const text = textOf(body);
  const parsed = parseJson(text);
  return (MANY_DIGITS.test(text) ? parseJsonExactly(text) : parsed) as Json;
}

function payloadOf(body: Uint8Array, vendor: WebhookVendor): Json {
  try {
    return vendor.parse ? vendor.parse(body) : parseExactly(body);
  } catch (error) {
    if (error instanceof UnreadablePayload || isNoJson(error)) return textOf(body).replaceAll('\0', '\ufffd');
    throw error;
  }
}

function isNoJson(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'BODY_NOT_JSON';
}

function textOf(body: Uint8Array): string {
  return new TextDecoder('utf-8').decode(body);
}

function headersFrom(value: Json | undefined): KeptHeaders {
  const entries = isJsonObject(value as JsonObject) ? Object.entries(value as JsonObject) : [];
  return Object.fromEntries(entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
}
