import type { JsonObject } from '../kernel/json';
import type { Channel, Department, Direction, InteractionKind } from '../kernel/vocabulary';

/** What a message says happened, before it is known to whom. */
export interface InteractionFacts {
  readonly kind: InteractionKind;
  readonly department: Department;
  readonly channel: Channel;
  readonly direction: Direction;
  /** The event's own name, as the source calls it. */
  readonly name: string;
  /** Ticket, chat, call, deal, order or cart that it belongs to, as the source numbers it. */
  readonly subject: { readonly type: string; readonly externalId: string } | null;
  readonly properties: JsonObject;
}

/** One entry of the timeline, as it is stored: immutable. The identifier that it belongs to for good is identity's to say. */
export interface InteractionRecord {
  /** See `interactionId`. */
  readonly interactionId: string;
  readonly occurredAtMs: number;
  readonly receivedAtMs: number;
  readonly sourceId: number;
  readonly messageId: string;
  readonly facts: Omit<InteractionFacts, 'properties'>;
  /** JSON texts of objects; null where empty. */
  readonly properties: string | null;
  readonly context: string | null;
  /** Of the customer's own words, −1 to 1; left out where they were not judged. */
  readonly sentiment?: number | null;
}
