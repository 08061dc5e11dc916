import type { InteractionRecord } from '../../api/ports/timelineReader';
import type { Department } from '../../kernel/vocabulary';
import type { LiveChange } from '../../storage/statements/readLiveChanges';

/** Somebody who follows one profile. */
export interface ProfileWatch {
  /** As it was asked for. */
  readonly askedId: string;
  /** The profile that answers it now. */
  livingId: string;
}

export interface ProfileFollower {
  readonly watch: ProfileWatch;
  tell(eventId: string): void;
}

export interface InteractionFollower {
  /** Null: all profiles. */
  readonly watch: ProfileWatch | null;
  /** Null: all. */
  readonly departments: readonly Department[] | null;
  tell(eventId: string, record: InteractionRecord): void;
}

export interface ChangeFollower {
  readonly types: readonly string[];
  readonly segmentId: string | null;
  /** Of its types, and of its segment. */
  tell(change: LiveChange): void;
}

/** Who follows what in one workspace. */
export class Followers {
  readonly profiles = new Set<ProfileFollower>();
  readonly interactions = new Set<InteractionFollower>();
  readonly changes = new Set<ChangeFollower>();

  get count(): number {
    return this.profiles.size + this.interactions.size + this.changes.size;
  }

  watches(): ProfileWatch[] {
    return [...this.profiles, ...this.interactions].flatMap(({ watch }) => watch ?? []);
  }

  get followsAllInteractions(): boolean {
    return [...this.interactions].some(({ watch }) => watch === null);
  }
}

export function isOfDepartments({ departments }: Pick<InteractionFollower, 'departments'>, record: InteractionRecord): boolean {
  return departments === null || departments.includes(record.department);
}

export function isFollowed({ types, segmentId }: Pick<ChangeFollower, 'types' | 'segmentId'>, change: LiveChange): boolean {
  return types.includes(change.type) && (segmentId === null || change.segmentId === segmentId);
}
