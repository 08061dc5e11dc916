import type { ClientBase, Pool } from 'pg';
import { parseJsonExactly } from '../../intake/parseJson';
import { publicId } from '../../kernel/ids';
import type { Json, JsonObject } from '../../kernel/json';
import { decodeMessageIds, decodeTouchColumns, touchesOf } from '../../measures/touches/touchColumns';
import { exportStores, type FoundIdentifier, findCustomerToExport } from '../../storage/privacy/exportStores';
import { readTexts, type TextStore } from '../../storage/privacy/readTexts';
import { loadWorkspaceSettings } from '../../storage/statements/loadWorkspaceSettings';
import { listTouchChunks, readTouchColumns, readTouchMessageIds } from '../../storage/statements/readTouchChunks';
import { inWorkspace } from '../../storage/workspaceTransaction';
import { mentionsOfCustomer } from './eraseMentions';

const PAGE_TEXTS = 1_000;
const CHUNKS = 16;
const TEXT_STORES: readonly TextStore[] = ['dead_letter', 'audit_entry'];

/**
 * Everything held about a customer, as of one moment: by table, each row as it is stored, found by the same list that erasure goes by. Numbers beyond 2^53
 * come as strings of their digits. Null where there is no such profile.
 */
export function exportCustomer(pool: Pool, workspaceId: number, profileId: string, nowMs: number): Promise<JsonObject | null> {
  return inWorkspace(pool, workspaceId, 'snapshot', async (client) => {
    const found = await findCustomerToExport(client, workspaceId, profileId);
    if (found === null) return null;
    const { profileIds, identifiers } = found;
    const identifierIds = identifiers.map(({ identifierId }) => identifierId);
    const rows = await exportStores(client, workspaceId, { identifierIds, profileIds });
    const stores: Record<string, Json> = {};
    for (const [table, texts] of rows) stores[table] = texts.map(rowOf);
    for (const store of TEXT_STORES) stores[store] = await mentioningRows(client, workspaceId, store, { profileIds, identifiers, nowMs });
    stores['touch_chunk'] = await touchesOfCustomer(client, workspaceId, identifiers);
    const [living = profileId, ...former] = profileIds;
    return {
      profileId: publicId('Profile', living),
      previousIds: former.map((id) => publicId('Profile', id)),
      exportedAt: new Date(nowMs).toISOString(),
      stores,
    };
  });
}

function rowOf(text: string): JsonObject {
  const { workspace_id: _, ...row } = parseJsonExactly(text) as JsonObject;
  return row;
}

async function mentioningRows(
  client: ClientBase,
  workspaceId: number,
  store: TextStore,
  customer: { readonly profileIds: readonly string[]; readonly identifiers: readonly FoundIdentifier[]; readonly nowMs: number },
): Promise<Json> {
  const { defaultCountry } = await loadWorkspaceSettings(client, workspaceId);
  const mentions = mentionsOfCustomer(customer.identifiers, customer.profileIds, defaultCountry);
  const found: JsonObject[] = [];
  for (let after: string | null = null; ; ) {
    const page = await readTexts(client, workspaceId, store, { after, limit: PAGE_TEXTS, untilMs: customer.nowMs });
    for (const { json, row } of page) if (mentions.isIn(parseJsonExactly(json) as Json)) found.push(rowOf(row));
    if (page.length < PAGE_TEXTS) return found;
    after = page.at(-1)?.id ?? null;
  }
}

/** What reports read of the timeline, beside it. */
async function touchesOfCustomer(client: ClientBase, workspaceId: number, identifiers: readonly FoundIdentifier[]): Promise<Json> {
  if (identifiers.length === 0) return [];
  const ids = new Set(identifiers.map(({ identifierId }) => identifierId));
  const fromMs = Math.floor(Math.min(...identifiers.map(({ firstMs }) => firstMs)));
  const toMs = Math.ceil(Math.max(...identifiers.map(({ lastMs }) => lastMs))) + 1;
  const listed = await listTouchChunks(client, workspaceId, { fromMs, toMs });
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
