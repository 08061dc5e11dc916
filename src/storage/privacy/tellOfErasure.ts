import type { ClientBase } from 'pg';
import { RETRIED_MS } from '../../activation/retries';
import { type Statement, send } from '../statements/statement';

/** More former ids than this are not told. */
const MOST_FORMER_IDS = 1_000;

/**
 * Grain: one row a destination that asks for profile.erased. It is told whatever the customer agreed to and whether they were suppressed: who was told of
 * them has to forget them, too. To be sent after all other deliveries about them are gone, in the transaction of the erasure.
 */
const TELL_OF_ERASURE: Statement = {
  name: 'tell_of_erasure',
  text: `
insert into delivery (workspace_id, destination_id, change_id, profile_id, type, at, data, status, attempts, tries, next_at, give_up_at)
select $1, d.destination_id, $2::uuid, asked.profile_id, 'profile.erased', $3::timestamptz,
  json_build_object('previousIds', (
    select coalesce(json_agg(former.profile_id), '[]') from (
      select t.profile_id from erasure_profile t
      where t.workspace_id = $1 and t.erasure_id = $2 and t.ordinal > 0 order by t.ordinal limit $5
    ) as former)),
  'PENDING', 0, 0, $3::timestamptz, $3::timestamptz + make_interval(secs => $4)
from destination d
join erasure_profile asked on asked.workspace_id = $1 and asked.erasure_id = $2 and asked.ordinal = 0
where d.workspace_id = $1 and d.is_enabled and 'profile.erased' = any (d.events)
on conflict (workspace_id, destination_id, change_id) do nothing`,
};

/** The deliveries have the erasure's id. */
export async function tellOfErasure(client: ClientBase, workspaceId: number, erasureId: string, nowMs: number): Promise<void> {
  await send(client, TELL_OF_ERASURE, [workspaceId, erasureId, new Date(nowMs), RETRIED_MS / 1000, MOST_FORMER_IDS]);
}
