import type { ClientBase } from 'pg';
import type { ObservedIdentifier } from '../../identity/observation';
import { encodeUuidArray } from '../binaryArrays';
import { type Statement, send } from './statement';

/** Of each of these profiles at most twenty rows: its strongest identifiers that are linked to at most $4 stronger ones. No locks. */
const LOAD_STRONGEST: Statement = {
  name: 'load_strongest',
  text: `
select member.profile_id, member.identifier_id::text as identifier_id, member.type, member.value
from unnest($2::uuid[]) as asked (profile_id)
cross join lateral (
  select i.profile_id, i.identifier_id, i.type, i.value
  from identifier i
  where i.workspace_id = $1 and i.profile_id = asked.profile_id and i.stronger_links <= $4
  order by coalesce(array_position($3::text[], i.type), array_position($3::text[], '*')), i.type collate "C", i.value collate "C"
  limit 20
) member`,
};

type Strong = ObservedIdentifier & { readonly identifierId: bigint };

/** `types`: strongest first, `*` for those that are not named. */
export async function loadStrongest(
  client: ClientBase,
  workspaceId: number,
  profileIds: readonly string[],
  order: { readonly types: readonly string[]; readonly hubLimit: number },
): Promise<Map<string, Strong[]>> {
  const values = [workspaceId, encodeUuidArray(profileIds), order.types, order.hubLimit];
  const rows = await send<{ profile_id: string; identifier_id: string; type: string; value: string }>(client, LOAD_STRONGEST, values);
  const strongest = new Map<string, Strong[]>();
  for (const { profile_id, identifier_id, type, value } of rows) {
    const ofProfile = strongest.get(profile_id) ?? [];
    strongest.set(profile_id, [...ofProfile, { identifierId: BigInt(identifier_id), type, value }]);
  }
  return strongest;
}
