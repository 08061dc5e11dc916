import type { JsonObject } from '../../../kernel/json';
import { neededObject, neededText, neededTime, objectIn, type Stated, textIn } from '../payload';
import type { VendorMessage } from '../webhookVendor';

/** One event of Stripe, of whatever type. */
export interface StripeEvent {
  /** `evt_…`, the same on every attempt. */
  readonly id: string;
  readonly type: string;
  /** ISO 8601. */
  readonly createdAt: string;
  /** What the event is about, as it was right after it. */
  readonly object: JsonObject;
  /** Of an `…updated` event: what changed, with its values before. */
  readonly before: JsonObject;
}

export type ReadEvent = (event: StripeEvent) => readonly VendorMessage[];

export function readStripeEvent(payload: Stated): StripeEvent {
  const event = neededObject(payload, 'The event');
  const data = objectIn(event, 'data');
  return {
    id: neededText(event, 'id'),
    type: neededText(event, 'type'),
    createdAt: neededTime(event, 'created'),
    object: neededObject(data['object'], 'data.object'),
    before: objectIn(data, 'previous_attributes'),
  };
}

/** The id of something that Stripe may have expanded into the whole object. */
export function idIn(fields: JsonObject, name: string): string | null {
  return textIn(fields, [name, 'id'], name);
}
