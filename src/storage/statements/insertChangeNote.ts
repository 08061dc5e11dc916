import type { Change } from '../../activation/change';
import { encodeUuidArray } from '../binaryArrays';
import type { Call, Statement } from './statement';

/** One row, whatever it notes. */
const INSERT_CHANGE_NOTE: Statement = {
  name: 'insert_change_note',
  text: `
insert into change_note (workspace_id, at, profile_ids, due_ids, events) values ($1, $2, $3::uuid[], $4::uuid[], $5::json)`,
};

/** What one batch, decision or evaluation changed, for whoever follows. */
export interface ChangeNote {
  readonly atMs: number;
  /** Profiles that have new interactions, traits or identifiers. Each once. */
  readonly profileIds: readonly string[];
  /** Those whose memberships may be others now, retired ones among them. Each once. */
  readonly dueIds: readonly string[];
  /** To be told as they are: merges, partings, consents. */
  readonly events: readonly Pick<Change, 'type' | 'profileId' | 'data'>[];
}

export function insertChangeNote(workspaceId: number, { atMs, profileIds, dueIds, events }: ChangeNote): Call {
  const eventsText = events.length === 0 ? null : JSON.stringify(events);
  return {
    statement: INSERT_CHANGE_NOTE,
    values: [workspaceId, new Date(atMs), encodeUuidArray(profileIds), encodeUuidArray(dueIds), eventsText],
  };
}
