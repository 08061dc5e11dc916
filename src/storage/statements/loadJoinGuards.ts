import type { ClientBase } from 'pg';
import { encodeUuidArray } from '../binaryArrays';
import { type Statement, send } from './statement';

/**
 * One row: how many joins by a match hold these two profiles together, whether somebody has undone a merge of the two, and the workspace's sources that
 * hold nobody twice. No locks.
 */
const LOAD_JOIN_GUARDS: Statement = {
  name: 'load_join_guards',
  text: `
select
  (
    select count(*)::int
    from identifier i
    join decision d on d.workspace_id = $1 and d.low_id = i.identifier_id and d.rule = 'match' and d.revoked_at is null
    where i.workspace_id = $1 and i.profile_id = any($2::uuid[])
  ) as joins,
  exists (
    select
    from profile_merge m
    where m.workspace_id = $1 and m.survivor_id = any($2::uuid[]) and m.absorbed_id = any($2::uuid[]) and m.undone_at is not null
  ) as was_undone,
  coalesce((select m.sole_sources from match_model m where m.workspace_id = $1), '{}') as sole_sources`,
};

export interface JoinGuards {
  readonly joins: number;
  readonly wasUndone: boolean;
  readonly soleSourceIds: readonly number[];
}

export async function loadJoinGuards(client: ClientBase, workspaceId: number, profileIds: readonly [string, string]): Promise<JoinGuards> {
  const [row] = await send<{ joins: number; was_undone: boolean; sole_sources: number[] }>(client, LOAD_JOIN_GUARDS, [
    workspaceId,
    encodeUuidArray(profileIds),
  ]);
  return { joins: row?.joins ?? 0, wasUndone: row?.was_undone ?? false, soleSourceIds: row?.sole_sources ?? [] };
}
