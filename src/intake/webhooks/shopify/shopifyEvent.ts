import type { JsonObject } from '../../../kernel/json';
import { contentId, messageIdOf } from '../messageName';
import { asText, neededObject, type Stated, textIn, timeIn } from '../payload';
import { type KeptHeaders, UnreadablePayload, type VendorMessage } from '../webhookVendor';

/** One delivery: the thing that its topic is about, as it is now. */
export interface ShopifyEvent {
  /** `orders/create` */
  readonly topic: string;
  readonly body: JsonObject;
  /** Names the event for messages about it. */
  readonly id: string;
  /** When Shopify was triggered; null where it doesn't say. */
  readonly triggeredAt: string | null;
}

export type ReadEvent = (event: ShopifyEvent) => readonly VendorMessage[];

export function readShopifyEvent(payload: Stated, headers: KeptHeaders): ShopifyEvent {
  const topic = headers['x-shopify-topic']?.trim();
  if (!topic) throw new UnreadablePayload('There is no header x-shopify-topic.');
  const body = neededObject(payload, 'The body');
  return { topic, body, id: eventId(topic, body, headers), triggeredAt: timeIn(headers, 'x-shopify-triggered-at') };
}

/**
 * One action of a merchant may be one event id over several topics and things, and each subscription has a delivery id of its own; so topic, thing
 * and event together. Older deliveries carry no event id, copies of them neither.
 */
function eventId(topic: string, body: JsonObject, headers: KeptHeaders): string {
  const eventId =
    asText(headers['x-shopify-event-id']) ?? asText(headers['x-shopify-webhook-id']) ?? textIn(body, 'updated_at', 'created_at');
  return messageIdOf(topic, exactId(body) ?? textIn(body, 'token'), eventId ?? contentId(body));
}

/** The id of a thing; of a copy that lost its last digits, those of `gid://shopify/Order/…`. */
export function exactId(thing: JsonObject): string | null {
  return idOfGlobal(thing['admin_graphql_api_id']) ?? textIn(thing, 'id');
}

export function idOfGlobal(globalId: Stated): string | null {
  return typeof globalId === 'string' ? (/^gid:\/\/shopify\/\w+\/(\d+)/.exec(globalId)?.[1] ?? null) : null;
}

/** When it happened: the first of the body's members that is a time, else when Shopify was triggered. */
export function happenedAt({ body, triggeredAt }: ShopifyEvent, ...names: readonly string[]): { timestamp?: string } {
  const timestamp = timeIn(body, ...names) ?? triggeredAt;
  return timestamp === null ? {} : { timestamp };
}
