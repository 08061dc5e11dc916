import type { Fates } from '../../storage/statements/loadSegmentWork';
import type { MembershipKey, Moved, Wake, WrittenMembership } from '../../storage/statements/writeMemberships';
import { checksumOf, encodePlaces, type Place, type Standing } from './standing';

/** What evaluating says of a living profile. */
export interface Judged {
  readonly profileId: string;
  /** Why it is in, by the segment's key; of evaluated segments only. */
  readonly members: ReadonlyMap<string, string>;
  readonly nextAtMs: number | null;
  /** As `Wake` has them. */
  readonly heededEventIds: readonly number[];
}

export interface FollowedSegment {
  readonly segmentId: string;
  readonly key: string;
  /** Among all of this version of the definitions, as `Place` has it. */
  readonly place: number;
  readonly isLive: boolean;
  /** Whether its memberships are told anew now; else they stand as they are, but for those of profiles that are no more. */
  readonly isEvaluated: boolean;
}

export interface MembershipTurn {
  readonly segmentId: string;
  readonly profileId: string;
  readonly type: 'segment.entered' | 'segment.left';
  /** Null of one who left: what it was in for no longer holds, and ending the membership tells what that was. */
  readonly reason: string | null;
}

export interface MembershipPlan {
  readonly written: readonly WrittenMembership[];
  readonly gone: readonly MembershipKey[];
  readonly moved: readonly Moved[];
  readonly wakes: readonly Wake[];
  readonly told: readonly MembershipTurn[];
}

export interface MembershipBasis {
  readonly nowMs: number;
  readonly segments: readonly FollowedSegment[];
  readonly judged: readonly Judged[];
  /** Of all profiles looked at; those that are not there are gone. A retired one is looked at with its survivor. */
  readonly profileIds: readonly string[];
  readonly fates: Fates;
  readonly current: ReadonlyMap<string, readonly Standing[]>;
}

/**
 * What has to be written so that the memberships of these profiles are what was judged. Who enters a segment that is still being computed is not told of:
 * nobody wants a webhook for each of those who were customers before. Who leaves is. A profile that was merged leaves in silence where its survivor is in,
 * which is in since the earlier of the two.
 */
export function planMemberships(basis: MembershipBasis): MembershipPlan {
  const draft = new Draft(basis);
  const judged = new Map(basis.judged.map((each) => [each.profileId, each]));
  const since = inheritedTimes(basis);
  for (const profileId of basis.profileIds) {
    const verdict = judged.get(profileId);
    if (verdict) draft.judge(verdict, since);
    else draft.retire(profileId, judged.get(basis.fates.get(profileId) ?? ''));
  }
  return draft.plan();
}

/** When the earliest of those that were merged into a profile entered a segment, by both. */
function inheritedTimes({ profileIds, fates, current }: MembershipBasis): ReadonlyMap<string, number> {
  const since = new Map<string, number>();
  for (const profileId of profileIds) {
    const survivorId = fates.get(profileId) ?? null;
    if (survivorId === null) continue;
    for (const { segmentId, enteredAtMs } of current.get(profileId) ?? []) {
      if (enteredAtMs === null) continue;
      const place = `${survivorId} ${segmentId}`;
      since.set(place, Math.min(enteredAtMs, since.get(place) ?? enteredAtMs));
    }
  }
  return since;
}

interface Stay {
  readonly profileId: string;
  readonly reason: string;
  readonly checksum: number;
  readonly standing: Standing | undefined;
  readonly sinceMs: number | undefined;
}

class Draft {
  private readonly written: WrittenMembership[] = [];
  private readonly gone: MembershipKey[] = [];
  private readonly told: MembershipTurn[] = [];
  private readonly wakes: Wake[] = [];
  private readonly moved = new Map<string, { entered: number; left: number }>();
  private readonly known: ReadonlyMap<string, FollowedSegment>;
  private readonly byKey: ReadonlyMap<string, FollowedSegment>;

  constructor(private readonly basis: MembershipBasis) {
    this.known = new Map(basis.segments.map((segment) => [segment.segmentId, segment]));
    this.byKey = new Map(basis.segments.map((segment) => [segment.key, segment]));
  }

  judge({ profileId, members, nextAtMs, heededEventIds }: Judged, since: ReadonlyMap<string, number>): void {
    const before = new Map<string, Standing>();
    const places: Place[] = [];
    for (const standing of this.basis.current.get(profileId) ?? []) {
      const segment = this.known.get(standing.segmentId);
      if (!segment) continue;
      if (!segment.isEvaluated) this.keepPlace(places, segment, standing.checksum);
      else if (members.has(segment.key)) before.set(segment.key, standing);
      else this.leave(segment.segmentId, profileId, null);
    }
    for (const [key, reason] of members) {
      const segment = this.byKey.get(key);
      if (!segment) continue;
      const sinceMs = since.size === 0 ? undefined : since.get(`${profileId} ${segment.segmentId}`);
      const checksum = checksumOf(reason);
      this.keepPlace(places, segment, checksum);
      this.stay(segment, { profileId, reason, checksum, standing: before.get(key), sinceMs });
    }
    this.wakes.push({ profileId, wakeAtMs: nextAtMs, told: { heededEventIds, places: encodePlaces(places) } });
  }

  /** `survivor`: of the profile that it was merged into. */
  retire(profileId: string, survivor: Judged | undefined): void {
    const reason = this.basis.fates.has(profileId) ? 'merged into another profile' : 'the profile is no longer there';
    for (const { segmentId } of this.basis.current.get(profileId) ?? []) {
      const segment = this.known.get(segmentId);
      if (!segment) continue;
      if (survivor && this.isIn(survivor, segment)) this.end(segmentId, profileId);
      else this.leave(segmentId, profileId, reason);
    }
    this.wakes.push({ profileId, wakeAtMs: null, told: null });
  }

  plan(): MembershipPlan {
    const moved = [...this.moved].map(([segmentId, { entered, left }]) => ({ segmentId, entered, left }));
    return { written: this.written, gone: this.gone, moved, wakes: this.wakes, told: this.told };
  }

  /** `sinceMs`: of a profile that was merged into it. */
  private stay(
    { segmentId, isLive }: FollowedSegment,
    { profileId, reason, checksum, standing, sinceMs = Number.POSITIVE_INFINITY }: Stay,
  ): void {
    const knownAtMs = standing && (standing.enteredAtMs ?? Number.NEGATIVE_INFINITY);
    if (knownAtMs !== undefined && knownAtMs <= sinceMs && standing?.checksum === checksum) return;
    const enteredAtMs = Math.min(standing?.enteredAtMs ?? this.basis.nowMs, sinceMs);
    this.written.push({ segmentId, profileId, enteredAtMs, reason });
    if (standing) return;
    this.count(segmentId).entered++;
    if (isLive) this.told.push({ segmentId, profileId, type: 'segment.entered', reason });
  }

  /** From now on. */
  private isIn({ profileId, members }: Judged, { segmentId, key, isEvaluated }: FollowedSegment): boolean {
    if (isEvaluated) return members.has(key);
    return (this.basis.current.get(profileId) ?? []).some((standing) => standing.segmentId === segmentId);
  }

  private leave(segmentId: string, profileId: string, reason: string | null): void {
    this.end(segmentId, profileId);
    this.told.push({ segmentId, profileId, type: 'segment.left', reason });
  }

  /** Nobody is told. */
  private end(segmentId: string, profileId: string): void {
    this.gone.push({ segmentId, profileId });
    this.count(segmentId).left++;
  }

  /** Memberships of a segment that is being computed come in beside the follower, too: those are read each time. */
  private keepPlace(places: Place[], { place, isLive }: FollowedSegment, checksum: number): void {
    if (isLive) places.push({ place, checksum });
  }

  private count(segmentId: string): { entered: number; left: number } {
    const counted = this.moved.get(segmentId) ?? { entered: 0, left: 0 };
    this.moved.set(segmentId, counted);
    return counted;
  }
}
