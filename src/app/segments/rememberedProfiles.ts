import type { Subject } from '../../segments/subject';
import type { Membership } from '../../storage/statements/loadSegmentWork';
import type { SegmentProgress } from '../../storage/statements/segmentProgress';
import type { TransactionSnapshot } from '../../storage/transactionSnapshot';
import type { Judged, MembershipPlan } from './planMemberships';

/** Some 3 kB each, where they did what segments ask about some dozens of times. */
const MOST_PROFILES = 25_000;
/** Of all its tracked events; who did more is read again each time. */
const MOST_MATCHES = 1_000;
const MOST_WORKSPACES = 4;

/** What a follower knows of a profile since it last looked at it. */
export interface RememberedProfile {
  readonly subject: Subject;
  readonly memberships: readonly Membership[];
  /** When time alone may change one of them next. */
  readonly nextAtMs: number | null;
  /** What was seen when the subject was read; of what came later it has what notes told. */
  readonly asOf: TransactionSnapshot;
}

/** What a step found of the profiles that it looked at, before anything was written. */
export interface LookedAt {
  readonly profileIds: readonly string[];
  /** Of those of them that are alive. */
  readonly found: ReadonlyMap<string, Omit<RememberedProfile, 'nextAtMs'>>;
  readonly judged: readonly Judged[];
}

/**
 * Profiles of one workspace as the last step left them. Whatever else changes a subject is told by a note that makes the profile due as a whole; so between
 * steps of one process nothing but matches need be known. Where anybody else has taken a step meanwhile, or one has failed, everything is forgotten.
 */
export class RememberedProfiles {
  /** The least recently used first. */
  private readonly profiles = new Map<string, RememberedProfile>();
  private standing: Pick<SegmentProgress, 'version' | 'steps'> | null = null;

  get(profileId: string): RememberedProfile | undefined {
    return this.profiles.get(profileId);
  }

  /** Before a step looks: forgets what is not known to be as it was left. What is taken up from here on counts once the step is said to be written. */
  begin({ version, steps }: SegmentProgress): void {
    if (this.standing?.version !== version || this.standing.steps !== steps) this.profiles.clear();
    this.standing = null;
  }

  /** Profiles as they are once the plan is carried out. */
  takeUp({ profileIds, found, judged }: LookedAt, plan: MembershipPlan): void {
    for (const profileId of profileIds) this.profiles.delete(profileId);
    const changes = changesOf(plan);
    for (const { profileId, nextAtMs } of judged) {
      const profile = found.get(profileId);
      if (!profile || matchesOf(profile.subject) > MOST_MATCHES) continue;
      const memberships = membershipsAfter(profile.memberships, changes.get(profileId));
      this.profiles.set(profileId, { ...profile, nextAtMs, memberships });
    }
  }

  /** `steps`: how many have been written now. */
  written({ version, steps }: Pick<SegmentProgress, 'version' | 'steps'>): void {
    this.standing = { version, steps };
    for (const profileId of this.profiles.keys()) {
      if (this.profiles.size <= MOST_PROFILES) return;
      this.profiles.delete(profileId);
    }
  }
}

/** Of the workspaces that this process follows. */
export class RememberedWorkspaces {
  /** The least recently used first. */
  private readonly workspaces = new Map<number, RememberedProfiles>();

  of(workspaceId: number): RememberedProfiles {
    const profiles = this.workspaces.get(workspaceId) ?? new RememberedProfiles();
    this.workspaces.delete(workspaceId);
    this.workspaces.set(workspaceId, profiles);
    const [oldest] = this.workspaces.keys();
    if (this.workspaces.size > MOST_WORKSPACES && oldest !== undefined) this.workspaces.delete(oldest);
    return profiles;
  }
}

interface MembershipChanges {
  readonly gone: Set<string>;
  readonly written: Map<string, Membership>;
}

function changesOf({ gone, written }: MembershipPlan): ReadonlyMap<string, MembershipChanges> {
  const changes = new Map<string, MembershipChanges>();
  const of = (profileId: string): MembershipChanges => {
    const own = changes.get(profileId) ?? { gone: new Set(), written: new Map() };
    changes.set(profileId, own);
    return own;
  };
  for (const { profileId, segmentId } of gone) of(profileId).gone.add(segmentId);
  for (const { profileId, ...membership } of written) of(profileId).written.set(membership.segmentId, membership);
  return changes;
}

function membershipsAfter(before: readonly Membership[], changes: MembershipChanges | undefined): readonly Membership[] {
  if (!changes) return before;
  const { gone, written } = changes;
  return [...before.filter(({ segmentId }) => !gone.has(segmentId) && !written.has(segmentId)), ...written.values()];
}

function matchesOf({ events }: Subject): number {
  let count = 0;
  for (const each of events.values()) count += each.length;
  return count;
}
