import { MOST_COUNTED } from '../../segments/definition';
import type { MatchedEvent } from '../../segments/subject';
import type { TrackedEvent } from '../../segments/trackedEvent';
import type { Statement } from '../statements/statement';
import type { Row, WorkspaceConnections } from '../workspaceConnections';
import { newest } from './countCondition';
import { eventRowsSql } from './eventRows';
import { type Asked, bareReading, unnamed } from './subjectReading';

/** Of each tracked event a profile has no more. */
const MOST_EVENTS = MOST_COUNTED + 1;
/** An identifier that has more matches, of whatever events, is read event by event. */
const FEW_MATCHES = 2_000;

const MATCHES = (limit: string) => `
  select entry.tracked_event_id, entry.occurred_at, entry.interaction_id
  from event_match as entry
  where entry.workspace_id = $1 and entry.identifier_id = owner.identifier_id and entry.tracked_event_id = ${limit}`;

const AS_TEXT = `
  json_agg(json_build_array(found.tracked_event_id, round(extract(epoch from found.occurred_at) * 1000), found.interaction_id))`;

/**
 * Grain: one row an identifier of these profiles that has matches of these events, all of them in one text: one range of the index. Where there are more
 * than $4, null in their place. No locks.
 */
const READ_MATCHES: Statement = {
  name: 'read_event_matches',
  text: `
select owner.profile_id, owner.identifier_id::text, case when count(*) <= $4 then ${AS_TEXT} end
from identifier as owner
cross join lateral (${MATCHES('any ($3::integer[])')}
  limit $4 + 1
) as found
where owner.workspace_id = $1 and owner.profile_id = any ($2::uuid[])
group by owner.profile_id, owner.identifier_id`,
};

/** Grain: one row an identifier, of each event its newest $4 matches. No locks. */
const READ_MANY_MATCHES: Statement = {
  name: 'read_many_event_matches',
  text: `
select owner.profile_id, owner.identifier_id::text, ${AS_TEXT}
from identifier as owner
cross join unnest($3::integer[]) as event (id)
cross join lateral (${MATCHES('event.id')}
  order by entry.occurred_at desc, entry.interaction_id desc
  limit $4
) as found
where owner.workspace_id = $1 and owner.identifier_id = any ($2::bigint[])
group by owner.profile_id, owner.identifier_id`,
};

type MatchRow = Row & readonly [profileId: string, identifierId: string, matches: string | null];
type TimelineRow = Row & readonly [profileId: string, key: string, occurredAtMs: number, interactionId: string];

/** By profile, then by `trackedEventKey`, as a subject has them. Two statements at most for what is noted, and one for what nobody tracks yet. */
export async function readSubjectEvents(
  connections: WorkspaceConnections,
  asked: Asked,
  events: ReadonlyMap<string, TrackedEvent>,
): Promise<ReadonlyMap<string, Subjects>> {
  const gathered = new GatheredEvents();
  const keysById = new Map(
    [...events.keys()].flatMap((key) => (asked.trackedEvents.has(key) ? [[asked.trackedEvents.get(key), key]] : [])) as [number, string][],
  );
  if (keysById.size > 0) await readNoted(connections, asked, keysById, gathered);
  const untracked = [...events].filter(([key]) => !asked.trackedEvents.has(key));
  if (untracked.length > 0) await readTimeline(connections, asked, untracked, gathered);
  return gathered.inOrder();
}

type Subjects = ReadonlyMap<string, readonly MatchedEvent[]>;

async function readNoted(
  connections: WorkspaceConnections,
  asked: Asked,
  keys: ReadonlyMap<number, string>,
  into: GatheredEvents,
): Promise<void> {
  const ids = [...keys.keys()];
  const read = (statement: Statement, owners: readonly string[], limit: number) =>
    connections.run<MatchRow>(asked.workspaceId, statement, [asked.workspaceId, owners, ids, limit]);
  const rows = await read(READ_MATCHES, asked.profileIds, FEW_MATCHES);
  const busy = rows.filter(([, , matches]) => matches === null).map(([, identifierId]) => identifierId);
  const more = busy.length === 0 ? [] : await read(READ_MANY_MATCHES, busy, MOST_EVENTS);
  for (const [profileId, , matches] of [...rows, ...more]) {
    if (matches === null) continue;
    for (const [id, occurredAtMs, interactionId] of JSON.parse(matches) as [number, number, string][]) {
      into.add(profileId, keys.get(id) as string, { occurredAtMs, interactionId });
    }
  }
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
    into.add(profileId, key, { occurredAtMs, interactionId });
  }
}

class GatheredEvents {
  private readonly byProfile = new Map<string, Map<string, MatchedEvent[]>>();

  add(profileId: string, key: string, event: MatchedEvent): void {
    const own = this.byProfile.get(profileId) ?? new Map<string, MatchedEvent[]>();
    this.byProfile.set(profileId, own);
    const events = own.get(key);
    if (events) events.push(event);
    else own.set(key, [event]);
  }

  inOrder(): ReadonlyMap<string, Subjects> {
    for (const own of this.byProfile.values()) {
      for (const [key, events] of own) own.set(key, events.sort(inTime).slice(-MOST_EVENTS));
    }
    return this.byProfile;
  }
}

function inTime(one: MatchedEvent, other: MatchedEvent): number {
  return one.occurredAtMs - other.occurredAtMs || (one.interactionId < other.interactionId ? -1 : 1);
}
