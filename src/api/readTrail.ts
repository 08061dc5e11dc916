/** Whom one request or one event of a subscription showed, for the audit log. */
export class ReadTrail {
  /** Of profiles. */
  readonly profileIds = new Set<string>();
  /** Of interactions that were shown without their profile. */
  readonly identifierIds = new Set<string>();

  sawProfile(profileId: string): void {
    this.profileIds.add(profileId);
  }

  sawInteractionOf(identifierId: string): void {
    this.identifierIds.add(identifierId);
  }

  get isEmpty(): boolean {
    return this.profileIds.size === 0 && this.identifierIds.size === 0;
  }
}
