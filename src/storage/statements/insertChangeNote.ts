import type { Change } from '../../activation/change';
import { encodeInt4Array, encodeUuidArray } from '../binaryArrays';
import type { Call, Statement } from './statement';

/** One row, whatever it notes. */
const INSERT_CHANGE_NOTE: Statement = {
  name: 'insert_change_note',
  text: `
insert into change_note (workspace_id, at, profile_ids, due_ids, events, doer_ids, done_event_ids)
values ($1, $2, $3::uuid[], $4::uuid[], $5::json, $6::uuid[], $7::int4[])`,
};

export interface DoneEvent {
  readonly profileId: string;
  readonly trackedEventId: number;
}

/** What one batch, decision or evaluation changed, for whoever follows. */
export interface ChangeNote {
  readonly atMs: number;
  /** Profiles that have new interactions, traits or identifiers. Each once. */
  readonly profileIds: readonly string[];
  /** Those whose memberships may be others now, retired ones among them. Each once. */
  readonly dueIds: readonly string[];
  /** Tracked events that some of those due did, of whom nothing else is new. */
  readonly done: readonly DoneEvent[];
  /** To be told as they are: merges, partings, consents. */
  readonly events: readonly Pick<Change, 'type' | 'profileId' | 'data'>[];
}

export function insertChangeNote(workspaceId: number, { atMs, profileIds, dueIds, done, events }: ChangeNote): Call {
  const eventsText = events.length === 0 ? null : JSON.stringify(events);
  return {
    statement: INSERT_CHANGE_NOTE,
    values: [
      workspaceId,
      new Date(atMs),
      encodeUuidArray(profileIds),
      encodeUuidArray(dueIds),
      eventsText,
      done.length === 0 ? null : encodeUuidArray(done.map(({ profileId }) => profileId)),
      done.length === 0 ? null : encodeInt4Array(done.map(({ trackedEventId }) => trackedEventId)),
    ],
  };
}
