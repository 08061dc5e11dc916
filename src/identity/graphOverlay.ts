import type { IdentifierRecord, IdentityChanges, IdentityReader, ProfileRecord } from './identityStore';

type Found = { readonly identifier: IdentifierRecord; readonly profile: ProfileRecord };

/** How many profiles would become part of another one, and how many would no longer be one. */
export interface Regrouping {
  readonly merging: number;
  readonly parting: number;
}

/** A stored graph as it would be if changes had been written to it; nothing is. Holds what changed and where each identifier that was read stood. */
export class GraphOverlay implements IdentityReader {
  readonly findLinks: IdentityReader['findLinks'];
  readonly findLinksOf: IdentityReader['findLinksOf'];
  readonly findLinkedTypes: IdentityReader['findLinkedTypes'];
  private readonly identifiers = new Map<bigint, IdentifierRecord>();
  private readonly profiles = new Map<string, ProfileRecord>();
  private readonly moved = new Map<string, Set<bigint>>();
  private readonly origins = new Map<bigint, string>();
  private readonly sizes = new Map<string, number>();

  constructor(private readonly stored: IdentityReader) {
    this.findLinks = (pairs) => stored.findLinks(pairs);
    this.findLinksOf = (ids, limit) => stored.findLinksOf(ids, limit);
    this.findLinkedTypes = (ids, withValues) => stored.findLinkedTypes(ids, withValues);
  }

  async findIdentifiers(ids: readonly bigint[]): Promise<readonly Found[]> {
    return this.overlaid(await this.stored.findIdentifiers(ids));
  }

  async findMembers(profileIds: readonly string[]): Promise<readonly Found[]> {
    const wanted = new Set(profileIds);
    const stayed = this.overlaid(await this.stored.findMembers(profileIds)).filter(({ identifier }) => wanted.has(identifier.profileId));
    const known = new Set(stayed.map(({ identifier }) => identifier.identifierId));
    const came = profileIds.flatMap((id) => [...(this.moved.get(id) ?? [])]).filter((id) => !known.has(id));
    return [...stayed, ...came.map((id) => this.found(this.identifiers.get(id) as IdentifierRecord))];
  }

  async findProfiles(profileIds: readonly string[]): Promise<readonly ProfileRecord[]> {
    const stored = await this.stored.findProfiles(profileIds.filter((id) => !this.profiles.has(id)));
    return [...stored, ...profileIds.flatMap((id) => this.profiles.get(id) ?? [])];
  }

  /** Identifiers that changed. */
  get size(): number {
    return this.identifiers.size;
  }

  /** As if it had been written. */
  apply(changes: IdentityChanges): void {
    for (const identifier of changes.identifiers) {
      const before = this.identifiers.get(identifier.identifierId)?.profileId;
      if (before !== undefined) this.moved.get(before)?.delete(identifier.identifierId);
      this.identifiers.set(identifier.identifierId, identifier);
      this.moved.set(identifier.profileId, (this.moved.get(identifier.profileId) ?? new Set()).add(identifier.identifierId));
    }
    for (const profile of changes.profiles) this.profiles.set(profile.profileId, profile);
  }

  /** What became of the profiles that were there at first. */
  regrouping(): Regrouping {
    const left = new Map<string, { identifiers: number; readonly to: Set<string> }>();
    for (const [id, { profileId }] of this.identifiers) {
      const origin = this.origins.get(id);
      if (origin === undefined || origin === profileId) continue;
      const leaving = left.get(origin) ?? { identifiers: 0, to: new Set() };
      leaving.identifiers++;
      leaving.to.add(profileId);
      left.set(origin, leaving);
    }
    let merging = 0;
    let parting = 0;
    for (const [origin, { identifiers, to }] of left) {
      const places = to.size + (identifiers < (this.sizes.get(origin) ?? 0) ? 1 : 0);
      if (places > 1) parting++;
      if (this.profiles.get(origin)?.mergedInto) merging++;
    }
    return { merging, parting };
  }

  private overlaid(stored: readonly Found[]): Found[] {
    return stored.map(({ identifier, profile }) => {
      this.origins.set(identifier.identifierId, profile.profileId);
      this.sizes.set(profile.profileId, profile.identifierCount);
      const changed = this.identifiers.get(identifier.identifierId);
      return changed ? this.found(changed) : { identifier, profile: this.profiles.get(profile.profileId) ?? profile };
    });
  }

  private found(identifier: IdentifierRecord): Found {
    const profile = this.profiles.get(identifier.profileId);
    if (!profile) throw new Error('An identifier changed, and its profile was never read.');
    return { identifier, profile };
  }
}
