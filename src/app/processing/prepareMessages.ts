import { identifiersOf } from '../../identity/identifiersOf';
import type { Observation, ObservedIdentifier } from '../../identity/observation';
import type { IdentityRules } from '../../identity/rules';
import type { DeadLetter, InboxEntry, Message } from '../../intake/message';
import { messageJson } from '../../intake/messageJson';
import { readMessages } from '../../intake/readMessages';
import type { RefusedMessage } from '../../intake/refusedMessage';
import { readWebhook } from '../../intake/webhooks/readDelivery';
import type { WebhookSettings } from '../../intake/webhooks/webhookVendor';
import { publicId } from '../../kernel/ids';
import { REFUSALS, type RefusalCode } from '../../kernel/refusals';
import { uuidFromName } from '../../kernel/uuid';
import type { Department } from '../../kernel/vocabulary';
import type { InteractionFacts, InteractionRecord } from '../../timeline/interaction';
import { interactionId } from '../../timeline/interactionId';
import type { TextSentiment } from '../../timeline/sentiment/textSentiment';
import { toInteraction } from '../../timeline/toInteraction';
import { customerSentiment } from './customerSentiment';

/** A message with all that can be said of it without looking at what is stored. */
export interface PreparedMessage {
  readonly message: Message;
  readonly observation: Observation;
  readonly interaction: InteractionRecord;
  /** The delivery of a webhook that it was made of, as JSON: what a dead letter keeps, so that a mended mapping can read it again. */
  readonly delivery: string | null;
}

/** What the workspace has configured, as far as messages are read by it. */
export interface WorkspaceSettings {
  readonly rules: IdentityRules;
  /** ISO 3166 alpha-2: the country of phone numbers that name none. */
  readonly defaultCountry: string;
  readonly sources: ReadonlyMap<number, SourceSettings>;
}

interface SourceSettings {
  readonly department: Department;
  readonly type: string;
  readonly settings: WebhookSettings;
}

/** What a tool asked to erase, by a webhook. */
export interface ErasureRequest {
  /** Named by the tool's event, so that the same request asked again is the same. */
  readonly erasureId: string;
  /** The source, as the receipt names it. */
  readonly actor: string;
  readonly atMs: number;
  /** Strongest first; at least one. */
  readonly identifiers: readonly ObservedIdentifier[];
}

export interface Prepared {
  readonly messages: readonly PreparedMessage[];
  readonly deadLetters: readonly DeadLetter[];
  readonly erasures: readonly ErasureRequest[];
}

/** Reads requests from the inbox. A message that can't be used becomes a dead letter, alone; nothing is thrown for what a client sent. */
export function prepareMessages(
  entries: readonly (InboxEntry & { readonly position: bigint })[],
  how: { readonly settings: WorkspaceSettings; readonly sentimentOf: TextSentiment; readonly nowMs: number },
): Prepared {
  const { settings, sentimentOf, nowMs } = how;
  const messages: PreparedMessage[] = [];
  const deadLetters: DeadLetter[] = [];
  const erasures: ErasureRequest[] = [];
  for (const entry of entries) {
    const read = readEntry(entry, settings);
    read.refused.forEach((refused, index) => {
      const deadLetterId = uuidFromName(`dead letter\n${entry.position}\n${index}`);
      deadLetters.push({ ...refused, deadLetterId, atMs: nowMs, sourceId: entry.sourceId });
    });
    for (const message of read.messages) {
      const prepared = prepareMessage(message, read.delivery, { settings, sentimentOf });
      if ('code' in prepared) deadLetters.push(deadLetterOf({ message, delivery: read.delivery }, prepared, nowMs));
      else messages.push(prepared);
    }
    erasures.push(...read.erasures.flatMap((message) => erasureRequest(message, settings)));
  }
  return { messages, deadLetters, erasures };
}

function erasureRequest(message: Message, settings: WorkspaceSettings): ErasureRequest[] {
  const { identifiers } = identifiersOf(message, settings);
  if (identifiers.length === 0) return [];
  const { sourceId, messageId, receivedAtMs: atMs } = message;
  const type = settings.sources.get(sourceId)?.type ?? 'unknown';
  const asked = identifiers.map(({ type, value }) => ({ type, value }));
  return [
    {
      erasureId: uuidFromName(`erasure\n${sourceId}\n${messageId}`),
      actor: `${type} ${publicId('Source', sourceId)}`,
      atMs,
      identifiers: asked,
    },
  ];
}

interface ReadEntry {
  readonly messages: readonly Message[];
  readonly erasures: readonly Message[];
  readonly refused: readonly RefusedMessage[];
  readonly delivery: string | null;
}

/** However much of a delivery was refused, it is one dead letter: retried, all of it is mapped anew, and what was taken before counts once. */
function readEntry(entry: InboxEntry & { readonly position: bigint }, settings: WorkspaceSettings): ReadEntry {
  if (entry.call !== 'webhook') return { ...readMessages(entry, entry.position), erasures: [], delivery: null };
  const { messages, erasures, refusal, delivery } = readWebhook(entry, settings.sources.get(entry.sourceId));
  const refused = refusal === null ? [] : [{ code: refusal.code, reason: refusal.reason, message: delivery }];
  return { messages, erasures, refused, delivery };
}

/** Named by the message, so that processing it again makes no second one. */
export function deadLetterOf({ message, delivery }: Pick<PreparedMessage, 'message' | 'delivery'>, why: Why, nowMs: number): DeadLetter {
  const { sourceId, messageId } = message;
  const deadLetterId = uuidFromName(`dead letter\n${interactionId(sourceId, messageId)}`);
  return { ...why, deadLetterId, atMs: nowMs, sourceId, message: delivery ?? JSON.stringify(messageJson(message)) };
}

interface Why {
  readonly code: RefusalCode;
  readonly reason: string;
}

function prepareMessage(
  message: Message,
  delivery: string | null,
  { settings, sentimentOf }: { readonly settings: WorkspaceSettings; readonly sentimentOf: TextSentiment },
): PreparedMessage | Why {
  try {
    const { identifiers, aliases } = identifiersOf(message, settings);
    if (identifiers.length === 0) return { code: 'IDENTIFIERS_BLOCKED', reason: REFUSALS.IDENTIFIERS_BLOCKED.meaning };
    const source = settings.sources.get(message.sourceId) ?? { department: 'PRODUCT', type: 'unknown' };
    const facts = toInteraction(message, source);
    const id = interactionId(message.sourceId, message.messageId);
    const { occurredAtMs, receivedAtMs, sourceId, messageId } = message;
    const properties = propertiesText(message, facts);
    return {
      message,
      delivery,
      observation: { interactionId: id, occurredAtMs, sourceId, identifiers, aliases },
      interaction: {
        interactionId: id,
        occurredAtMs,
        receivedAtMs,
        sourceId,
        messageId,
        facts,
        properties,
        context: message.asSent ? message.asSent.context : jsonOrNull(message.context),
        sentiment: customerSentiment(facts, properties, sentimentOf),
      },
    };
  } catch (error) {
    return { code: 'MESSAGE_POISONOUS', reason: String(error).slice(0, 500) };
  }
}

function propertiesText(message: Message, facts: InteractionFacts): string | null {
  const isEvent = message.call === 'track' || message.call === 'page' || message.call === 'screen';
  return isEvent && message.asSent ? message.asSent.properties : jsonOrNull(facts.properties);
}

function jsonOrNull(object: object): string | null {
  for (const _key in object) return JSON.stringify(object);
  return null;
}
