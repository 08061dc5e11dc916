import { publicId } from '../../src/kernel/ids';
import type { Receipt } from './webhookReceiver';

/** What became of changes of memberships. Everything but the first three must be 0. */
export interface SegmentBooks {
  readonly changes: number;
  /** Requests that arrived. */
  readonly deliveries: number;
  /** Of these, of changes that had arrived before. */
  readonly repeats: number;
  /** Changes that the receiver never took. */
  readonly undelivered: number;
  /** Requests that tell of no change, or something else than it. */
  readonly invented: number;
  readonly unsigned: number;
  /** Profiles whose changes arrived in another order than they happened in. */
  readonly disordered: number;
  /** Profiles in segments that did not enter and leave by turns, entering first. */
  readonly broken: number;
  /** Profiles in segments of which the last that arrived is not what is true. */
  readonly endedWrong: number;
  /** Memberships that should not be there, or are not. */
  readonly wrongMemberships: number;
  readonly wrongSizes: number;
}

export interface StoredChange {
  readonly change_id: string;
  readonly type: string;
  readonly profile_id: string;
  readonly segment_id: string;
}

export interface StoredState {
  /** Of memberships, in the order they happened. */
  readonly changes: readonly StoredChange[];
  /** `place`: `segment user`. */
  readonly memberships: readonly { readonly place: string }[];
  readonly segments: readonly { readonly segment_id: string; readonly key: string; readonly size: number }[];
  readonly customers: readonly { readonly user_id: string; readonly profile_id: string }[];
}

/** `belong`: `segment user` for each who is in by what was sent. */
export function segmentBooks(stored: StoredState, receipts: readonly Receipt[], belong: ReadonlySet<string>): SegmentBooks {
  const told = new Map(stored.changes.map((change) => [publicId('Change', change.change_id), change]));
  const taken = new Set(receipts.filter(({ isTaken }) => isTaken).map(({ webhookId }) => webhookId));
  const firsts = [...new Map([...receipts].reverse().map((receipt) => [receipt.webhookId, receipt])).values()].reverse();
  const memberships = new Set(stored.memberships.map(({ place }) => place));
  return {
    changes: stored.changes.length,
    deliveries: receipts.length,
    repeats: receipts.length - firsts.length,
    undelivered: [...told.keys()].filter((id) => !taken.has(id)).length,
    invented: receipts.filter((receipt) => !tellsOf(receipt, told.get(receipt.webhookId))).length,
    unsigned: receipts.filter(({ isSigned }) => !isSigned).length,
    disordered: countDisordered(stored.changes, firsts),
    ...countTurns(stored, firsts, belong),
    wrongMemberships:
      [...memberships].filter((place) => !belong.has(place)).length + [...belong].filter((place) => !memberships.has(place)).length,
    wrongSizes: stored.segments.filter(({ key, size }) => size !== [...belong].filter((place) => place.startsWith(`${key} `)).length)
      .length,
  };
}

/** What must be 0, and is not. */
export function differencesIn({ changes: _, deliveries: __, repeats: ___, ...faults }: SegmentBooks): Partial<SegmentBooks> {
  return Object.fromEntries(Object.entries(faults).filter(([, count]) => count !== 0));
}

function tellsOf({ type, profileId, segmentId }: Receipt, change: StoredChange | undefined): boolean {
  if (!change || change.type !== type) return false;
  return profileId === publicId('Profile', change.profile_id) && segmentId === publicId('Segment', change.segment_id);
}

function countDisordered(changes: readonly StoredChange[], firsts: readonly Receipt[]): number {
  const happened = grouped(
    changes,
    ({ profile_id }) => publicId('Profile', profile_id),
    ({ change_id }) => publicId('Change', change_id),
  );
  const arrived = grouped(
    firsts,
    ({ profileId }) => profileId,
    ({ webhookId }) => webhookId,
  );
  return [...happened].filter(([profileId, ids]) => (arrived.get(profileId) ?? []).join() !== ids.join()).length;
}

function countTurns({ segments, customers }: StoredState, firsts: readonly Receipt[], belong: ReadonlySet<string>) {
  const turns = grouped(
    firsts,
    ({ segmentId, profileId }) => `${segmentId} ${profileId}`,
    ({ type }) => type,
  );
  const pairs = segments.flatMap(({ segment_id, key }) =>
    customers.map(({ user_id, profile_id }) => ({
      types: turns.get(`${publicId('Segment', segment_id)} ${publicId('Profile', profile_id)}`) ?? [],
      isIn: belong.has(`${key} ${user_id}`),
    })),
  );
  const isBroken = (types: readonly string[]) => types.some((type, n) => type !== (n % 2 === 0 ? 'segment.entered' : 'segment.left'));
  return {
    broken: pairs.filter(({ types }) => isBroken(types)).length,
    endedWrong: pairs.filter(({ types, isIn }) => (types.at(-1) === 'segment.entered') !== isIn).length,
  };
}

function grouped<Item>(items: readonly Item[], keyOf: (item: Item) => string, itsValue: (item: Item) => string): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) group.push(itsValue(item));
    else groups.set(keyOf(item), [itsValue(item)]);
  }
  return groups;
}
