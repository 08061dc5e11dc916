import type { ObservedIdentifier } from '../../identity/observation';
import type { Call, Statement } from '../statements/statement';

/** What a tool asked to erase. */
export interface RequestedErasure {
  readonly erasureId: string;
  readonly actor: string;
  readonly atMs: number;
  /** Strongest first. */
  readonly identifiers: readonly ObservedIdentifier[];
}

/** One row a request that is new, with whom it names, counted from -1 down. Requests are few, so they travel as one JSON parameter. */
const REQUEST_ERASURES: Statement = {
  name: 'request_erasures',
  text: `
with asked as (
  select a.erasure_id, a.actor, a.at, a.identifiers
  from jsonb_to_recordset($2::jsonb) as a (erasure_id uuid, actor text, at timestamptz, identifiers jsonb)
),
fresh as (
  insert into erasure (workspace_id, erasure_id, requested_at, requested_by, phase, places, erased, replays)
  select $1, asked.erasure_id, asked.at, asked.actor, 'REQUESTED', '{}', '{}', 0 from asked
  on conflict (workspace_id, erasure_id) do nothing
  returning erasure_id
)
insert into erasure_identifier (workspace_id, erasure_id, ordinal, type, value)
select $1, asked.erasure_id, -named.place, named.identifier->>'type', named.identifier->>'value'
from asked
join fresh on fresh.erasure_id = asked.erasure_id
cross join lateral jsonb_array_elements(asked.identifiers) with ordinality as named (identifier, place)`,
};

export function requestErasures(workspaceId: number, requests: readonly RequestedErasure[]): Call {
  const distinct = new Map(requests.map((request) => [request.erasureId, request]));
  const asked = [...distinct.values()].map(({ erasureId, actor, atMs, identifiers }) => {
    return { erasure_id: erasureId, actor, at: new Date(atMs).toISOString(), identifiers };
  });
  return { statement: REQUEST_ERASURES, values: [workspaceId, JSON.stringify(asked)] };
}
