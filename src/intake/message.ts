import type { JsonObject } from '../kernel/json';
import type { ReadContext, ReadProperties } from './readMembers';

export const CALLS = ['track', 'identify', 'page', 'screen', 'group', 'alias'] as const;
/** The six calls of the Segment protocol. */
export type Call = (typeof CALLS)[number];

/** A message that was checked: safe text, exact ids, its time settled. What every later stage works on. */
export interface Message {
  readonly call: Call;
  /** The client's, at most 100 characters; made from the inbox position where the client sent none. */
  readonly messageId: string;
  readonly sourceId: number;
  readonly userId: string | null;
  readonly anonymousId: string | null;
  /** alias only. */
  readonly previousId: string | null;
  /** group only. */
  readonly groupId: string | null;
  /** The event's name (track), or the page's or screen's name. */
  readonly name: string | null;
  /** page and screen only. */
  readonly category: string | null;
  /** What happened: track, page and screen. Empty for the others. Where `asSent` is there, only what is read of it. */
  readonly properties: ReadProperties;
  /** What is said of somebody: identify (the person), group (the account). Empty for the others. */
  readonly traits: JsonObject;
  /** Where `asSent` is there, only what is read of it. */
  readonly context: ReadContext;
  /** The whole of properties and context, where they were not parsed. */
  readonly asSent: AsSent | null;
  /** When it happened by the customer's clock, corrected by how wrong that clock was when the message was sent. */
  readonly occurredAtMs: number;
  readonly receivedAtMs: number;
}

/** JSON texts of objects, as the client wrote them; null where there is nothing in them. */
export interface AsSent {
  readonly properties: string | null;
  readonly context: string | null;
}

/** A request that was accepted, and what the door knows about it. */
interface AcceptedRequest<Form> {
  readonly sourceId: number;
  readonly receivedAtMs: number;
  /** How many messages in it were not refused. */
  readonly messageCount: number;
  /** The type of a single call; null where the body is a batch; own where it is a batch that the server itself wrote; webhook where it is a vendor's delivery. */
  readonly call: Form;
  /** Indexes of messages that were refused at the door, ascending. */
  readonly refused: readonly number[];
  /** JSON, UTF-8, decompressed. */
  readonly body: Uint8Array;
  /** W3C trace context of the request, where it is part of a trace that is kept. */
  readonly traceparent?: string | null;
}

/** A body of messages, as it came. */
export type MessagesEntry = AcceptedRequest<Call | 'own' | null>;
/** What is kept of a delivery that was found genuine; its messages are made of it when it is processed. */
export type WebhookEntry = AcceptedRequest<'webhook'>;
export type InboxEntry = MessagesEntry | WebhookEntry;

/** A message that was refused: kept with its reason, as it came. */
export interface DeadLetter {
  readonly deadLetterId: string;
  readonly atMs: number;
  readonly code: string;
  readonly reason: string;
  readonly sourceId: number;
  /** JSON text of an object; what came as something else is wrapped as {"value": …}. */
  readonly message: string;
}
