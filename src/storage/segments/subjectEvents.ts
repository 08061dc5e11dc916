import { MOST_EVENTS, type SubjectNeeds } from '../../segments/needsOf';
import type { MatchedEvent } from '../../segments/subject';
import type { TrackedEvent } from '../../segments/trackedEvent';
import type { Statement } from '../statements/statement';
import type { Row, WorkspaceConnections } from '../workspaceConnections';
import { newest } from './countCondition';
import { eventRowsSql } from './eventRows';
import { type Asked, bareReading, unnamed } from './subjectReading';

/** An identifier that has more matches, of whatever events, is read event by event, and of each no more than are needed. */
const FEW_MATCHES = 50;

/**
 * As arrays, ascending by event, of each event by (time, interaction id): the events, the times in milliseconds, and the interaction ids of the matches of
 * those events that $4 names. Aggregates of numbers cost a fraction of what JSON does.
 */
const AS_ARRAYS = `
  count(*) as matches, max(entry.occurred_at) as latest, array_agg(entry.tracked_event_id) as events,
  array_agg((date_part('epoch', entry.occurred_at) * 1000)::bigint) as times,
  array_agg(entry.interaction_id) filter (where entry.tracked_event_id = any ($4::integer[])) as ids`;

/** Of one identifier. $5: what happened then or before is left out; null: nothing is. */
const MATCHES = (events: string) => `
    select entry.tracked_event_id, entry.occurred_at, entry.interaction_id
    from event_match as entry
    where entry.workspace_id = $1 and entry.identifier_id = owner.identifier_id and entry.tracked_event_id = ${events}
      and entry.occurred_at > coalesce($5::timestamptz, '-infinity')`;

/**
 * Grain: one row an identifier of these profiles that has matches of these events: one range of the index. Where there are more than $6 it is cut off, with nulls
 * in their place. No locks.
 */
const READ_MATCHES: Statement = {
  name: 'read_event_matches',
  text: `
select owner.profile_id, owner.identifier_id::text,
  case when found.matches <= $6 then found.events::text end, case when found.matches <= $6 then found.times::text end,
  case when found.matches <= $6 then found.ids::text end, found.matches > $6
from identifier as owner
cross join lateral (
  select ${AS_ARRAYS}
  from (${MATCHES('any ($3::integer[])')}
    order by entry.tracked_event_id, entry.occurred_at, entry.interaction_id
    limit $6 + 1
  ) as entry
) as found
where owner.workspace_id = $1 and owner.profile_id = any ($2::uuid[]) and found.matches > 0`,
};

/** Grain: one row an identifier, of each event its newest matches, as many as $6 says; cut off where some of them are ahead of $7, which had none. No locks. */
const READ_NEWEST_MATCHES: Statement = {
  name: 'read_newest_event_matches',
  text: `
select owner.profile_id, owner.identifier_id::text, found.events::text, found.times::text, found.ids::text, coalesce(found.latest > $7::timestamptz, false)
from identifier as owner
cross join lateral (
  select ${AS_ARRAYS}
  from (
    select newest.*
    from unnest($3::integer[], $6::integer[]) as event (id, newest)
    cross join lateral (${MATCHES('event.id')}
      order by entry.occurred_at desc, entry.interaction_id desc
      limit event.newest
    ) as newest
    order by newest.tracked_event_id, newest.occurred_at, newest.interaction_id
  ) as entry
) as found
where owner.workspace_id = $1 and owner.identifier_id = any ($2::bigint[]) and found.matches > 0`,
};

/** The arrays as PostgreSQL writes them: `{1,2}`; null where there is nothing in them. */
type MatchRow = Row &
  readonly [profileId: string, identifierId: string, events: string, times: string, ids: string | null, isCutOff: boolean];
type TimelineRow = Row & readonly [profileId: string, key: string, occurredAtMs: number, interactionId: string];

/** What is read of events, as `SubjectNeeds` has it. */
type NeededEvents = Pick<SubjectNeeds, 'events' | 'orderedEvents' | 'newestEvents' | 'eventsWithinMs'>;

/** By profile, then by `trackedEventKey`, as a subject has them. Three statements at most for what is noted, and one for what nobody tracks yet. */
export async function readSubjectEvents(
  connections: WorkspaceConnections,
  asked: Asked,
  needed: NeededEvents,
): Promise<ReadonlyMap<string, Subjects>> {
  const gathered = new GatheredEvents();
  const { events } = needed;
  const keysById = new Map(
    [...events.keys()].flatMap((key) => (asked.trackedEvents.has(key) ? [[asked.trackedEvents.get(key), key]] : [])) as [number, string][],
  );
  if (keysById.size > 0) await readNoted(connections, asked, { ...needed, keysById }, gathered);
  const untracked = [...events].filter(([key]) => !asked.trackedEvents.has(key));
  if (untracked.length > 0) await readTimeline(connections, asked, untracked, gathered);
  return gathered.inOrder();
}

type Subjects = ReadonlyMap<string, readonly MatchedEvent[]>;

async function readNoted(
  connections: WorkspaceConnections,
  { workspaceId, profileIds, nowMs }: Asked,
  { keysById, orderedEvents, newestEvents, eventsWithinMs }: NeededEvents & { readonly keysById: ReadonlyMap<number, string> },
  into: GatheredEvents,
): Promise<void> {
  const ids = [...keysById.keys()];
  const ordered = ids.filter((id) => orderedEvents.has(keysById.get(id) as string));
  const after = eventsWithinMs === null ? null : new Date(nowMs - eventsWithinMs);
  const read = async (statement: Statement, owners: readonly string[], ...limits: (number | readonly number[] | Date | null)[]) => {
    const rows = await connections.run<MatchRow>(workspaceId, statement, [workspaceId, owners, ids, ordered, after, ...limits]);
    for (const row of rows) if (!row[5]) addMatches(row, keysById, isOrdered, into);
    return rows.filter(([, , , , , isCutOff]) => isCutOff).map(([, identifierId]) => identifierId);
  };
  const isOrdered = new Set(ordered);
  const newest = ids.map((id) => newestEvents.get(keysById.get(id) as string) ?? MOST_EVENTS);
  const busy = await read(READ_MATCHES, profileIds, FEW_MATCHES);
  const ahead = busy.length === 0 ? [] : await read(READ_NEWEST_MATCHES, busy, newest, new Date(nowMs));
  const most = ids.map(() => MOST_EVENTS);
  if (ahead.length > 0) await read(READ_NEWEST_MATCHES, ahead, most, null);
}

function addMatches(
  [profileId, , eventIds, times, interactionIds]: MatchRow,
  keysById: ReadonlyMap<number, string>,
  isOrdered: ReadonlySet<number>,
  into: GatheredEvents,
): void {
  const events = numbersOf(eventIds);
  const occurredAtMs = numbersOf(times);
  const ids = interactionIds === null ? [] : interactionIds.slice(1, -1).split(',');
  for (let at = 0, idAt = 0; at < events.length; ) {
    const event = events[at] as number;
    const matched: MatchedEvent[] = [];
    const hasIds = isOrdered.has(event);
    for (; events[at] === event; at++) {
      matched.push({ occurredAtMs: occurredAtMs[at] as number, interactionId: hasIds ? (ids[idAt++] as string) : '' });
    }
    into.add(profileId, keysById.get(event) as string, matched);
  }
}

/** Of an array as PostgreSQL writes it. */
function numbersOf(array: string): number[] {
  return JSON.parse(`[${array.slice(1, -1)}]`);
}

async function readTimeline(
  connections: WorkspaceConnections,
  asked: Asked,
  events: readonly (readonly [key: string, tracked: TrackedEvent])[],
  into: GatheredEvents,
): Promise<void> {
  const { withs, reading } = bareReading(asked);
  const found = events.map(([key, { spec }]) => {
    const rows = newest(eventRowsSql({ event: spec, property: null, afterMs: null }, reading));
    return `select entry.profile_id, ${reading.parameters.text(key)}, entry.occurred_at, entry.interaction_id from (${rows}) as entry`;
  });
  const text = `with ${withs}\n${found.join('\nunion all ')}`;
  for (const [profileId, key, occurredAtMs, interactionId] of await connections.run<TimelineRow>(
    asked.workspaceId,
    unnamed(text),
    reading.parameters.values,
  )) {
    into.add(profileId, key, [{ occurredAtMs, interactionId }]);
  }
}

class GatheredEvents {
  private readonly byProfile = new Map<string, Map<string, MatchedEvent[]>>();
  /** Lists that came from several identifiers. */
  private readonly mixed = new Set<MatchedEvent[]>();

  /** `events`: of one identifier, in order. */
  add(profileId: string, key: string, events: MatchedEvent[]): void {
    const own = this.byProfile.get(profileId) ?? new Map<string, MatchedEvent[]>();
    this.byProfile.set(profileId, own);
    const known = own.get(key);
    if (known === undefined) own.set(key, events);
    else {
      for (const event of events) known.push(event);
      this.mixed.add(known);
    }
  }

  inOrder(): ReadonlyMap<string, Subjects> {
    for (const events of this.mixed) {
      events.sort(inTime);
      if (events.length > MOST_EVENTS) events.splice(0, events.length - MOST_EVENTS);
    }
    return this.byProfile;
  }
}

function inTime(one: MatchedEvent, other: MatchedEvent): number {
  if (one.occurredAtMs !== other.occurredAtMs) return one.occurredAtMs - other.occurredAtMs;
  return one.interactionId < other.interactionId ? -1 : Number(one.interactionId > other.interactionId);
}
