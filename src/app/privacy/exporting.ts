import type { ClientBase, Pool } from 'pg';
import { publicId } from '../../kernel/ids';
import type { Json, JsonObject } from '../../kernel/json';
import { exportStores, findCustomerToExport } from '../../storage/privacy/exportStores';
import { READ_STORES } from '../../storage/privacy/personalStores';
import { loadWorkspaceSettings } from '../../storage/statements/loadWorkspaceSettings';
import { inWorkspace } from '../../storage/workspaceTransaction';
import { mentionsOfCustomer } from './eraseMentions';
import { READERS, rowOf } from './exportReaders';

/**
 * Everything held about a customer, as of one moment: by table, each row as it is stored, found by the same list that erasure goes by. Numbers beyond 2^53
 * come as strings of their digits. Null where there is no such profile.
 */
export function exportCustomer(pool: Pool, workspaceId: number, profileId: string, nowMs: number): Promise<JsonObject | null> {
  return inWorkspace(pool, workspaceId, 'snapshot', async (client) => {
    const found = await findCustomerToExport(client, workspaceId, profileId);
    if (found === null) return null;
    const [living = profileId, ...former] = found.profileIds;
    return {
      profileId: publicId('Profile', living),
      previousIds: former.map((id) => publicId('Profile', id)),
      exportedAt: new Date(nowMs).toISOString(),
      stores: await storesOf(client, workspaceId, found, nowMs),
    };
  });
}

async function storesOf(
  client: ClientBase,
  workspaceId: number,
  { profileIds, identifiers }: NonNullable<Awaited<ReturnType<typeof findCustomerToExport>>>,
  nowMs: number,
): Promise<JsonObject> {
  const { defaultCountry } = await loadWorkspaceSettings(client, workspaceId);
  const mentions = mentionsOfCustomer(identifiers, profileIds, defaultCountry);
  const customer = { client, workspaceId, profileIds, identifiers, mentions, nowMs };
  const identifierIds = identifiers.map(({ identifierId }) => identifierId);
  const stores: Record<string, Json> = {};
  for (const [table, texts] of await exportStores(client, workspaceId, { identifierIds, profileIds })) stores[table] = texts.map(rowOf);
  for (const store of READ_STORES) stores[store] = await READERS[store](customer);
  return stores;
}
