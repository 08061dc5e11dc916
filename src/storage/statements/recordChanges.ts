import type { Change } from '../../activation/change';
import { encodeJsonArray, encodeTextArray, encodeTimestamptzArray, encodeUuidArray } from '../binaryArrays';
import type { Call, Statement } from './statement';

/** One row a change. In the transaction of what it tells of, so that neither is there without the other. */
const RECORD_CHANGES: Statement = {
  name: 'record_changes',
  text: `
insert into change (workspace_id, change_id, type, profile_id, at, segment_id, friction_kind, data)
select $1, incoming.change_id, incoming.type, incoming.profile_id, incoming.at, incoming.segment_id, incoming.friction_kind, incoming.data
from unnest($2::uuid[], $3::text[], $4::uuid[], $5::timestamptz[], $6::uuid[], $7::text[], $8::json[])
  as incoming (change_id, type, profile_id, at, segment_id, friction_kind, data)`,
};

export function recordChanges(workspaceId: number, changes: readonly Change[]): Call {
  return {
    statement: RECORD_CHANGES,
    values: [
      workspaceId,
      encodeUuidArray(changes.map(({ changeId }) => changeId)),
      encodeTextArray(changes.map(({ type }) => type)),
      encodeUuidArray(changes.map(({ profileId }) => profileId)),
      encodeTimestamptzArray(changes.map(({ atMs }) => atMs)),
      encodeUuidArray(changes.map(({ segmentId }) => segmentId)),
      encodeTextArray(changes.map(({ frictionKind }) => frictionKind)),
      encodeJsonArray(changes.map(({ data }) => JSON.stringify(data))),
    ],
  };
}
