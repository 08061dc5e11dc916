import type { Json, JsonObject } from '../../kernel/json';
import type { RefusalCode } from '../../kernel/refusals';
import type { Call } from '../message';

/** A request to a source's webhook address, as it came but for a content-encoding. */
export interface WebhookDelivery {
  /** Raw: what the vendor signed. */
  readonly body: Uint8Array;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** As the vendor was given it: public base URL, path and query. */
  readonly url: string;
  readonly receivedAtMs: number;
}

/** What a source of a vendor is configured with (its `settings`): secrets and mapping. */
export type WebhookSettings = JsonObject;

/** The headers that a vendor's mapping reads, kept with the payload. */
export type KeptHeaders = Readonly<Record<string, string>>;

/**
 * A message in the words of the Segment protocol. Identifiers that are the vendor's own stand in context.externalIds
 * ([{type: 'zendesk.user_id', id}]), e-mail address and phone in context.traits; userId only where the vendor carries the company's own.
 */
export interface VendorMessage {
  readonly type: Extract<Call, 'track' | 'identify' | 'group' | 'alias'>;
  /** From the vendor's id of the event, never of the attempt to deliver it: a repeat counts once. At most 100 characters. */
  readonly messageId: string;
  /** When it happened by the vendor's clock, ISO 8601. Left out only where the vendor does not say: then the time it arrived. */
  readonly timestamp?: string;
  /** track only. */
  readonly event?: string;
  readonly userId?: string;
  readonly anonymousId?: string;
  /** alias only. */
  readonly previousId?: string;
  /** group only. */
  readonly groupId?: string;
  readonly properties?: JsonObject;
  readonly traits?: JsonObject;
  readonly context?: JsonObject;
  /** Whom it names is to be erased: it is no message, and becomes none. */
  readonly erases?: true;
}

/** Null where a delivery is genuine; else why not: WEBHOOK_SIGNATURE_INVALID or WEBHOOK_STALE, answered 401. */
export type Verdict = RefusalCode | null;

export interface WebhookVendor {
  /** The source's type: zendesk, stripe, … */
  readonly type: string;
  /** What the mapping needs later besides the body (a topic, a delivery's id), in lower case. */
  readonly keptHeaders: readonly string[];
  /** What the vendor wants to read when all went well; left out: JSON. */
  readonly answer?: { readonly type: string; readonly body: string };
  /** What is wrong with the settings of a source, as a sentence; null where they will do. */
  checkSettings(settings: WebhookSettings): string | null;
  /** A promise where the vendor's own package does it, which is loaded with the first delivery. */
  verify(delivery: WebhookDelivery, settings: WebhookSettings): Verdict | Promise<Verdict>;
  /** Pure. Throws UnreadablePayload where it can't read the payload; empty for events that nobody needs. */
  toMessages(payload: Json, headers: KeptHeaders, settings: WebhookSettings): readonly VendorMessage[];
  /** Of the body; left out where it is JSON. Numbers beyond 2^53 arrive as strings of their exact digits. Throws UnreadablePayload. */
  parse?(body: Uint8Array): Json;
}

/** A payload that a mapping can't read; the reason says what is missing. */
export class UnreadablePayload extends Error {
  constructor(reason: string) {
    super(reason);
    this.name = 'UnreadablePayload';
  }
}
