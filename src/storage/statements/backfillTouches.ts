import type { ClientBase } from 'pg';
import {
  CHANNELS,
  type Channel,
  DEPARTMENTS,
  type Department,
  DIRECTIONS,
  type Direction,
  INTERACTION_KINDS,
  type InteractionKind,
} from '../../kernel/vocabulary';
import type { Touch } from '../../measures/touches/touch';
import { type Statement, send } from './statement';

/** One row, locked for the rest of the transaction; none where there is nothing left, or somebody else is at it. */
const LOCK_TOUCH_BACKFILL: Statement = {
  name: 'lock_touch_backfill',
  text: `
select b.looked_to from touch_backfill b
where b.workspace_id = $1 and not b.is_finished
for update skip locked`,
};

/** One row an interaction, the next $3 by their ids, whether they are in chunks or not: so the cost of a page is bounded. No locks. */
const READ_NEXT_INTERACTIONS: Statement = {
  name: 'read_next_interactions',
  text: `
select i.interaction_id, i.in_chunk, i.identifier_id::text as identifier_id, (extract(epoch from i.occurred_at) * 1000)::float8 as occurred_at_ms,
  i.message_id, i.kind, i.department, i.channel, i.direction, i.name
from interaction i
where i.workspace_id = $1 and i.interaction_id > $2::uuid
order by i.interaction_id
limit $3`,
};

const ADVANCE_TOUCH_BACKFILL: Statement = {
  name: 'advance_touch_backfill',
  text: 'update touch_backfill set looked_to = $2::uuid, is_finished = $3 where touch_backfill.workspace_id = $1',
};

const BEFORE_ALL = '00000000-0000-0000-0000-000000000000';

export interface BackfillPage {
  /** Of the interactions that are in no chunk. */
  readonly touches: readonly Touch[];
  /** Null where no interactions are left. */
  readonly lookedTo: string | null;
}

interface InteractionFields {
  interaction_id: string;
  in_chunk: boolean;
  identifier_id: string;
  occurred_at_ms: number;
  message_id: string;
  kind: number;
  department: number;
  channel: number;
  direction: number;
  name: string;
}

/** The next interactions that may be in no chunk; null where there is nothing to do, or somebody else is doing it. */
export async function takeBackfillPage(client: ClientBase, workspaceId: number, limit: number): Promise<BackfillPage | null> {
  const [progress] = await send<{ looked_to: string | null }>(client, LOCK_TOUCH_BACKFILL, [workspaceId]);
  if (!progress) return null;
  const rows = await send<InteractionFields>(client, READ_NEXT_INTERACTIONS, [workspaceId, progress.looked_to ?? BEFORE_ALL, limit]);
  const touches = rows.filter((row) => !row.in_chunk).map(touchFromFields);
  return { touches, lookedTo: rows.at(-1)?.interaction_id ?? null };
}

export async function advanceTouchBackfill(client: ClientBase, workspaceId: number, { lookedTo }: BackfillPage): Promise<void> {
  await send(client, ADVANCE_TOUCH_BACKFILL, [workspaceId, lookedTo, lookedTo === null]);
}

/** What was said in them is not judged any more. */
function touchFromFields(row: InteractionFields): Touch {
  return {
    identifierId: BigInt(row.identifier_id),
    occurredAtMs: row.occurred_at_ms,
    messageId: row.message_id,
    kind: INTERACTION_KINDS[row.kind] as InteractionKind,
    department: DEPARTMENTS[row.department] as Department,
    channel: CHANNELS[row.channel] as Channel,
    direction: DIRECTIONS[row.direction] as Direction,
    name: row.name,
    sentiment: null,
  };
}
