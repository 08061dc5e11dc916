import type { ClientBase } from 'pg';
import { readModel } from '../../identity/matching/modelJson';
import type { Mentions } from '../../identity/mentioned';
import { parseJsonExactly } from '../../intake/parseJson';
import { isJsonObject, type Json, type JsonObject } from '../../kernel/json';
import { decodeMessageIds, decodeTouchColumns, touchesOf } from '../../measures/touches/touchColumns';
import { exportChangeNotes, type FoundIdentifier, readWaiting } from '../../storage/privacy/exportStores';
import type { ReadStore } from '../../storage/privacy/personalStores';
import { readMatchModelText, readTexts, type TextStore } from '../../storage/privacy/readTexts';
import { listTouchChunks, readTouchColumns, readTouchMessageIds } from '../../storage/statements/readTouchChunks';

const PAGE_TEXTS = 1_000;
const PAGE_REQUESTS = 100;
const CHUNKS = 16;

/** Whose data is exported, in a transaction that sees one moment. */
interface Customer {
  readonly client: ClientBase;
  readonly workspaceId: number;
  readonly profileIds: readonly string[];
  readonly identifiers: readonly FoundIdentifier[];
  readonly mentions: Mentions;
  readonly nowMs: number;
}

/** What of the stores that have to be read is the customer's. */
export const READERS: Readonly<Record<ReadStore, (customer: Customer) => Promise<readonly Json[]>>> = {
  audit_note: (customer) => textsOf(customer, 'audit_note'),
  change_note: async ({ client, workspaceId, profileIds }) => (await exportChangeNotes(client, workspaceId, profileIds)).map(rowOf),
  dead_letter: (customer) => textsOf(customer, 'dead_letter'),
  inbox: waitingMessages,
  match_model: valuesInModel,
  touch_chunk: touchesOfCustomer,
};

export function rowOf(text: string): JsonObject {
  const { workspace_id: _, ...row } = parseJsonExactly(text) as JsonObject;
  return row;
}

async function textsOf({ client, workspaceId, mentions, nowMs }: Customer, store: TextStore): Promise<readonly Json[]> {
  const found: JsonObject[] = [];
  for (let after: string | null = null; ; ) {
    const page = await readTexts(client, workspaceId, store, { after, limit: PAGE_TEXTS, untilMs: nowMs });
    for (const { json, row } of page) if (mentions.isIn(parseJsonExactly(json) as Json)) found.push(rowOf(row));
    if (page.length < PAGE_TEXTS) return found;
    after = page.at(-1)?.id ?? null;
  }
}

/** Messages that were accepted and are not processed yet. */
async function waitingMessages({ client, workspaceId, mentions }: Customer): Promise<readonly Json[]> {
  const found: Json[] = [];
  for (let after = '0'; ; ) {
    const page = await readWaiting(client, workspaceId, { after, limit: PAGE_REQUESTS });
    for (const { body } of page) found.push(...messagesIn(body).filter((message) => mentions.isIn(message)));
    if (page.length < PAGE_REQUESTS) return found;
    after = page.at(-1)?.position ?? after;
  }
}

function messagesIn(body: string): readonly Json[] {
  const json = parseJsonExactly(body) as Json;
  const batch = isJsonObject(json) ? json['batch'] : json;
  return Array.isArray(batch) ? batch : [json];
}

async function valuesInModel({ client, workspaceId, identifiers }: Customer): Promise<readonly Json[]> {
  const text = await readMatchModelText(client, workspaceId);
  if (text === null) return [];
  const values = new Set(identifiers.map(({ value }) => value.toLowerCase()));
  return readModel(text).fields.flatMap(({ field, frequencies }) =>
    [...frequencies].filter(([value]) => values.has(value.toLowerCase())).map(([value, share]) => ({ field: field.name, value, share })),
  );
}

/** What reports read of the timeline, beside it. */
async function touchesOfCustomer({ client, workspaceId, identifiers }: Customer): Promise<readonly Json[]> {
  const ids = new Set(identifiers.map(({ identifierId }) => identifierId));
  const fromMs = Math.floor(identifiers.reduce((earliestMs, { firstMs }) => Math.min(earliestMs, firstMs), Number.POSITIVE_INFINITY));
  const toMs = Math.ceil(identifiers.reduce((latestMs, { lastMs }) => Math.max(latestMs, lastMs), 0)) + 1;
  const listed = ids.size === 0 ? [] : await listTouchChunks(client, workspaceId, { fromMs, toMs });
  const found: JsonObject[] = [];
  for (let from = 0; from < listed.length; from += CHUNKS) {
    const chunkIds = listed.slice(from, from + CHUNKS).map(({ chunkId }) => chunkId);
    const columns = await readTouchColumns(client, workspaceId, chunkIds);
    const messageIds = await readTouchMessageIds(client, workspaceId, chunkIds);
    for (const [chunkId, encoded] of columns) {
      const touches = touchesOf(decodeTouchColumns(encoded), decodeMessageIds(messageIds.get(chunkId) as Buffer));
      for (const touch of touches) if (ids.has(touch.identifierId)) found.push(touchJson(touch));
    }
  }
  return found;
}

function touchJson({ identifierId, occurredAtMs, ...touch }: ReturnType<typeof touchesOf>[number]): JsonObject {
  return { identifierId: String(identifierId), occurredAt: new Date(occurredAtMs).toISOString(), ...touch };
}
