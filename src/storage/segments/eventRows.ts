import type { EventSpec } from '../../segments/trackedEvent';
import { trackedEventKey } from '../../segments/trackedEventKey';
import { interactionMatchSql, notedValueSql } from './interactionMatchSql';
import type { Reading } from './readingContext';

export interface AskedEvents {
  readonly event: EventSpec;
  /** Of the value that is noted with each; null for none. */
  readonly property: readonly string[] | null;
  /** Only later ones; null for all. */
  readonly afterMs: number | null;
}

/**
 * A query of (profile_id, occurred_at, interaction_id, value), one row an interaction of the page's profiles that the event is about: from what was
 * noted of tracked events, else from the timeline.
 */
export function eventRowsSql({ event, property, afterMs }: AskedEvents, reading: Reading): string {
  const { context, parameters, workspace } = reading;
  const trackedEventId = context.trackedEvents.get(trackedEventKey({ spec: event, property }));
  const later = afterMs === null ? '' : ` and entry.occurred_at > ${parameters.time(afterMs)}`;
  if (trackedEventId !== undefined) {
    return `
  select member.profile_id, entry.occurred_at, entry.interaction_id, entry.value
  from member
  join event_match as entry on entry.workspace_id = ${workspace} and entry.identifier_id = member.identifier_id
    and entry.tracked_event_id = ${parameters.add(trackedEventId, 'integer')}${later}`;
  }
  const value = property === null ? 'null::json' : notedValueSql(property, parameters);
  return `
  select member.profile_id, entry.occurred_at, entry.interaction_id, ${value} as value
  from member
  join interaction as entry on entry.workspace_id = ${workspace} and entry.identifier_id = member.identifier_id
  where ${interactionMatchSql(event, parameters)}${later}`;
}
