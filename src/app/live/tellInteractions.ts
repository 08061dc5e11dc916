import type { InteractionRecord } from '../../api/ports/timelineReader';
import { type ReceiptPlace, readLiveInteractions } from '../../storage/statements/readLiveInteractions';
import type { TransactionRange } from '../../storage/statements/readLiveNotes';
import type { WorkspaceConnections } from '../../storage/workspaceConnections';
import { interactionFromFields } from '../api/timelineReader';
import { encodeEventId, type LivePlace } from './eventId';
import { type InteractionFollower, isOfDepartments } from './followers';

const PAGE = 500;
/** Clocks of servers may differ by so much. */
const CLOCKS_DIFFER_MS = 60_000;

export interface InteractionRange {
  readonly connections: WorkspaceConnections;
  readonly workspaceId: number;
  readonly range: TransactionRange;
  readonly places: { readonly start: LivePlace; readonly end: LivePlace };
}

export interface WrittenInteraction {
  /** The profile that it is of; null where all profiles were asked for. */
  readonly profileId: string | null;
  readonly record: InteractionRecord;
}

/** What these transactions wrote of these profiles (null: of all), page by page in the order it was received. */
export async function* writtenInteractions(
  { connections, workspaceId, range, places }: InteractionRange,
  profileIds: readonly string[] | null,
): AsyncGenerator<readonly WrittenInteraction[]> {
  const receivedSinceMs = places.start.sinceMs - CLOCKS_DIFFER_MS;
  for (let after: ReceiptPlace | null = null; ; ) {
    const selection = { ...range, profileIds, receivedSinceMs, after, limit: PAGE };
    const rows = await readLiveInteractions(connections, workspaceId, selection);
    const page = rows.map(({ profileId, fields }) => ({ profileId, record: interactionFromFields(fields) }));
    if (page.length > 0) yield page;
    if (page.length < PAGE) return;
    after = page.at(-1)?.record ?? null;
  }
}

/**
 * Tells each follower what it follows, in order. All but the last go with the id of where this began: who breaks off in between is told all of it again.
 */
export async function tellInteractions(
  written: InteractionRange & { readonly touchedIds: ReadonlySet<string> },
  followers: readonly InteractionFollower[],
): Promise<void> {
  const ofOne = followers.filter(({ watch }) => watch !== null && written.touchedIds.has(watch.livingId));
  const ofAll = followers.filter(({ watch }) => watch === null);
  if (ofOne.length > 0) {
    const profileIds = [...new Set(ofOne.flatMap(({ watch }) => watch?.livingId ?? []))];
    await tellEach(written, profileIds, ofOne);
  }
  if (ofAll.length > 0) await tellEach(written, null, ofAll);
}

async function tellEach(
  written: InteractionRange,
  profileIds: readonly string[] | null,
  followers: readonly InteractionFollower[],
): Promise<void> {
  const kind = profileIds === null ? 'allInteractions' : 'interactions';
  const startId = encodeEventId(kind, written.places.start);
  const held = new Map<InteractionFollower, InteractionRecord>();
  const tell = (follower: InteractionFollower, record: InteractionRecord) => {
    const before = held.get(follower);
    if (before) follower.tell(startId, before);
    held.set(follower, record);
  };
  for await (const page of writtenInteractions(written, profileIds)) {
    for (const one of page) for (const follower of followers) if (isFor(follower, one)) tell(follower, one.record);
  }
  const endId = encodeEventId(kind, written.places.end);
  for (const [follower, record] of held) follower.tell(endId, record);
}

function isFor(follower: InteractionFollower, { profileId, record }: WrittenInteraction): boolean {
  return (follower.watch === null || follower.watch.livingId === profileId) && isOfDepartments(follower, record);
}
