import DataLoader from 'dataloader';
import type { JsonObject } from '../../kernel/json';
import type { SizeBasis } from '../../segments/sizeHistory';
import type { ComputedTraitRecord, MembershipRecord, MembersPage, MovesWindow, SegmentReader, SegmentRecord } from '../ports/segmentReader';

/** A profile at a time; null: now. */
export interface ProfileAt {
  readonly profileId: string;
  readonly atMs: number | null;
}

export interface AskedMoves extends MovesWindow {
  readonly segmentId: string;
}

export interface SegmentLoaders {
  readonly byId: DataLoader<string, SegmentRecord | null>;
  /** Of segments that were read: as of when they are true. */
  readonly freshAt: DataLoader<SegmentRecord, number | null, string>;
  readonly members: DataLoader<MembersPage, readonly string[], string>;
  /** Null of a segment that is not there. */
  readonly moves: DataLoader<AskedMoves, SizeBasis | null, string>;
  /** Those since the latest first. */
  readonly memberships: DataLoader<ProfileAt, readonly MembershipRecord[], string>;
  readonly computedValues: DataLoader<ProfileAt, JsonObject, string>;
  computedTraits(): Promise<readonly ComputedTraitRecord[]>;
}

/** Each reads what many fields ask for in one statement; for each time and each window that they differ in, one. */
export function segmentLoaders(reader: SegmentReader, workspaceId: number, clock: () => number): SegmentLoaders {
  let traits: Promise<readonly ComputedTraitRecord[]> | null = null;
  const computedTraits = () => {
    traits ??= reader.listComputedTraits(workspaceId);
    return traits;
  };
  return {
    computedTraits,
    byId: new DataLoader(async (ids) => {
      const found = new Map((await reader.findSegments(workspaceId, ids)).map((record) => [record.segmentId, record]));
      return ids.map((id) => found.get(id) ?? null);
    }),
    freshAt: new DataLoader(
      async (segments) => {
        const freshAt = await reader.readFreshAt(workspaceId, segments);
        return segments.map(({ segmentId }) => freshAt.get(segmentId) ?? null);
      },
      { cacheKeyFn: ({ segmentId }) => segmentId },
    ),
    members: new DataLoader((pages) => reader.listMembers(workspaceId, pages), {
      cacheKeyFn: ({ segmentId, after, limit }) => `${segmentId} ${after} ${limit}`,
    }),
    moves: movesLoader(reader, workspaceId),
    memberships: profilesLoader((ids, atMs) => reader.readMemberships(workspaceId, ids, atMs), []),
    computedValues: profilesLoader(
      async (ids, atMs) => reader.readComputedTraits(workspaceId, ids, await computedTraits(), atMs ?? clock()),
      {},
    ),
  };
}

function movesLoader(reader: SegmentReader, workspaceId: number): SegmentLoaders['moves'] {
  const windowOf = ({ fromMs, toMs, interval }: AskedMoves) => `${fromMs} ${toMs} ${interval}`;
  const read = async (group: readonly AskedMoves[], { fromMs, toMs, interval }: AskedMoves) => {
    const ids = group.map(({ segmentId }) => segmentId);
    const sizes = await reader.readMoves(workspaceId, ids, { fromMs, toMs, interval });
    return ids.map((id) => sizes.get(id) ?? null);
  };
  return new DataLoader((asked) => together(asked, windowOf, read), { cacheKeyFn: (one) => `${one.segmentId} ${windowOf(one)}` });
}

/** `nothing`: of profiles that there is nothing of. */
function profilesLoader<Value>(
  readAt: (profileIds: readonly string[], atMs: number | null) => Promise<ReadonlyMap<string, Value>>,
  nothing: Value,
): DataLoader<ProfileAt, Value, string> {
  const read = async (group: readonly ProfileAt[], { atMs }: ProfileAt) => {
    const values = await readAt(
      group.map(({ profileId }) => profileId),
      atMs,
    );
    return group.map(({ profileId }) => values.get(profileId) ?? nothing);
  };
  return new DataLoader((asked) => together(asked, ({ atMs }) => String(atMs), read), {
    cacheKeyFn: ({ profileId, atMs }) => `${profileId} ${atMs}`,
  });
}

/** Answers in the order asked, read group by group of what has the same key. */
async function together<Asked, Answer>(
  asked: readonly Asked[],
  keyOf: (one: Asked) => string,
  read: (group: readonly Asked[], first: Asked) => Promise<readonly Answer[]>,
): Promise<Answer[]> {
  const groups = new Map<string, number[]>();
  for (const [place, one] of asked.entries()) groups.set(keyOf(one), [...(groups.get(keyOf(one)) ?? []), place]);
  const answers: Answer[] = [];
  const readGroup = async (places: readonly number[]) => {
    const group = places.map((place) => asked[place] as Asked);
    const found = await read(group, group[0] as Asked);
    for (const [index, place] of places.entries()) answers[place] = found[index] as Answer;
  };
  await Promise.all([...groups.values()].map(readGroup));
  return answers;
}
