import type { Change } from '../../activation/change';
import { encodeInt4Array, encodeTimestamptzArray, encodeUuidArray } from '../binaryArrays';
import type { Call, Statement } from './statement';

/** One row, whatever it notes. */
const INSERT_CHANGE_NOTE: Statement = {
  name: 'insert_change_note',
  text: `
insert into change_note
  (workspace_id, at, profile_ids, due_ids, events, matched_profiles, matched_events, matched_at, matched_interactions)
values ($1, $2, $3::uuid[], $4::uuid[], $5::json, $6::uuid[], $7::int4[], $8::timestamptz[], $9::uuid[])`,
};

/** A tracked event that somebody who is due did. */
export interface NotedMatch {
  readonly profileId: string;
  readonly trackedEventId: number;
  readonly occurredAtMs: number;
  readonly interactionId: string;
}

/** What one batch, decision or evaluation changed, for whoever follows. */
export interface ChangeNote {
  readonly atMs: number;
  /** Profiles that have new interactions, traits or identifiers. Each once. */
  readonly profileIds: readonly string[];
  /** Those whose memberships may be others now, retired ones among them. Each once. */
  readonly dueIds: readonly string[];
  /** All matches of those due of whom nothing else is new that segments could ask about. */
  readonly matches: readonly NotedMatch[];
  /** To be told as they are: merges, partings, consents. */
  readonly events: readonly Pick<Change, 'type' | 'profileId' | 'data'>[];
}

export function insertChangeNote(workspaceId: number, { atMs, profileIds, dueIds, matches, events }: ChangeNote): Call {
  const eventsText = events.length === 0 ? null : JSON.stringify(events);
  const noted = matches.length === 0 ? [null, null, null, null] : columnsOf(matches);
  return {
    statement: INSERT_CHANGE_NOTE,
    values: [workspaceId, new Date(atMs), encodeUuidArray(profileIds), encodeUuidArray(dueIds), eventsText, ...noted],
  };
}

function columnsOf(matches: readonly NotedMatch[]): Buffer[] {
  return [
    encodeUuidArray(matches.map(({ profileId }) => profileId)),
    encodeInt4Array(matches.map(({ trackedEventId }) => trackedEventId)),
    encodeTimestamptzArray(matches.map(({ occurredAtMs }) => occurredAtMs)),
    encodeUuidArray(matches.map(({ interactionId }) => interactionId)),
  ];
}
