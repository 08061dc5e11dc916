import type { ProfileRecord } from './identityStore';
import type { KnownIdentifier } from './knownIdentifier';
import { TypeCounts } from './typeCounts';

/** A profile in memory, with those of its identifiers that are in memory. */
export class KnownProfile {
  readonly members: KnownIdentifier[] = [];
  typeCounts: TypeCounts;
  contested: boolean;
  mergedInto: KnownProfile | null = null;
  isNew = false;
  /** The number of the resolve call that changed it last. */
  changedIn = 0;
  firstSeenAtMs: number;
  identifierCount: number;
  private id: string;

  /** `outdatedVersion`: of the rules it was last resolved under, where it may be another one under the rules in force; else null. */
  constructor(
    record: Omit<ProfileRecord, 'mergedInto' | 'rulesVersion'>,
    private outdatedVersion: number | null = null,
  ) {
    this.id = record.profileId;
    this.contested = record.contested;
    this.identifierCount = record.identifierCount;
    this.typeCounts = TypeCounts.of(record.typeCounts);
    this.firstSeenAtMs = record.firstSeenAtMs;
  }

  /** A group without an id of its own: of an identifier that was refused where it was linked, until the rule has said where it belongs. */
  static unnamed(firstSeenAtMs: number): KnownProfile {
    return new KnownProfile({ profileId: '', contested: false, identifierCount: 0, typeCounts: {}, firstSeenAtMs });
  }

  /** Stands for one that is retired, until it is known whether it will be alive again. */
  static retired(profileId: string): KnownProfile {
    return new KnownProfile({ profileId, contested: false, identifierCount: 0, typeCounts: {}, firstSeenAtMs: 0 });
  }

  get profileId(): string {
    return this.id;
  }

  get isNamed(): boolean {
    return this.id !== '';
  }

  /** Whether all its identifiers are in memory. */
  get isComplete(): boolean {
    return this.members.length === this.identifierCount;
  }

  /** Whether it stands as earlier rules left it: then nothing follows from what it holds, and its links out may never have been looked at. */
  get isOutdated(): boolean {
    return this.outdatedVersion !== null;
  }

  /** It was resolved under the rules in force. */
  bringUpToDate(): void {
    this.outdatedVersion = null;
  }

  name(profileId: string): void {
    this.id = profileId;
    this.isNew = true;
  }

  /** Puts an identifier that it already counts among those in memory. */
  admit(identifier: KnownIdentifier): void {
    identifier.profile = this;
    identifier.memberIndex = this.members.length;
    this.members.push(identifier);
  }

  /** Takes an identifier out of those in memory; it stays counted. */
  dismiss(identifier: KnownIdentifier): void {
    const last = this.members.pop() as KnownIdentifier;
    if (last === identifier) return;
    last.memberIndex = identifier.memberIndex;
    this.members[identifier.memberIndex] = last;
  }

  /** Replaces all members; only for a profile that is complete. Counts of types are the caller's to set. */
  hold(members: readonly KnownIdentifier[]): void {
    this.members.length = 0;
    for (const member of members) this.admit(member);
    this.identifierCount = members.length;
    if (members.length === 0) this.typeCounts = new TypeCounts();
  }

  /** The larger survives, then the older, then the smaller id; a group without an id never does. */
  survives(other: KnownProfile): boolean {
    if (this.isNamed !== other.isNamed) return this.isNamed;
    if (this.identifierCount !== other.identifierCount) return this.identifierCount > other.identifierCount;
    if (this.firstSeenAtMs !== other.firstSeenAtMs) return this.firstSeenAtMs < other.firstSeenAtMs;
    return this.id <= other.id;
  }

  toRecord(rulesVersion: number): ProfileRecord & { readonly isNew: boolean } {
    return {
      profileId: this.id,
      mergedInto: this.finalSurvivor()?.id ?? null,
      contested: this.contested,
      identifierCount: this.identifierCount,
      typeCounts: this.typeCounts.toRecord(),
      firstSeenAtMs: this.firstSeenAtMs,
      rulesVersion: this.outdatedVersion ?? rulesVersion,
      isNew: this.isNew,
    };
  }

  private finalSurvivor(): KnownProfile | null {
    let survivor = this.mergedInto;
    while (survivor?.mergedInto) survivor = survivor.mergedInto;
    return survivor;
  }
}
