import type {
  IdentifierRecord,
  IdentityChanges,
  IdentityReader,
  LinkRecord,
  MergeRecord,
  ProfileRecord,
} from '../../src/identity/identityStore';
import type { ReplayedLink } from '../../src/identity/replay';

interface Tables {
  readonly identifiers: Map<bigint, IdentifierRecord>;
  readonly links: Map<string, LinkRecord>;
  readonly profiles: Map<string, ProfileRecord>;
}

/**
 * What storage would hold. With `lags`, the reads that may lag don't see the last batch. Every read hands out whole records; how many records were read,
 * and by how many calls, is counted.
 */
export class MemoryStore implements IdentityReader {
  readonly merges: MergeRecord[] = [];
  readonly reads = { calls: 0, records: 0 };
  private settled: Tables = { identifiers: new Map(), links: new Map(), profiles: new Map() };
  private lagging: Tables = this.settled;

  constructor(private readonly lags = false) {}

  get identifiers(): readonly IdentifierRecord[] {
    return [...this.settled.identifiers.values()];
  }

  get links(): readonly LinkRecord[] {
    return [...this.settled.links.values()];
  }

  get profiles(): readonly ProfileRecord[] {
    return [...this.settled.profiles.values()];
  }

  identifier(type: string, value: string): IdentifierRecord {
    const found = this.identifiers.find((identifier) => identifier.type === type && identifier.value === value);
    if (!found) throw new Error(`There is no ${type} ${value}.`);
    return found;
  }

  findIdentifiers(ids: readonly bigint[]) {
    return this.answer(ids.flatMap((id) => this.withProfile(this.lagging.identifiers.get(id), this.lagging)));
  }

  findLinks(pairs: readonly { lowId: bigint; highId: bigint }[]) {
    return this.answer(pairs.flatMap(({ lowId, highId }) => this.lagging.links.get(`${lowId} ${highId}`) ?? []));
  }

  findMembers(profileIds: readonly string[]) {
    const wanted = new Set(profileIds);
    const members = this.identifiers.filter((identifier) => wanted.has(identifier.profileId));
    return this.answer(members.flatMap((identifier) => this.withProfile(identifier, this.settled)));
  }

  findLinksOf(ids: readonly bigint[], limitPerIdentifier: number) {
    const links = ids.flatMap((id) =>
      this.links
        .filter((link) => link.lowId === id || link.highId === id)
        .sort((left, right) => right.lastSeenAtMs - left.lastSeenAtMs)
        .slice(0, limitPerIdentifier),
    );
    return this.answer(links);
  }

  findProfiles(profileIds: readonly string[]) {
    return this.answer(profileIds.flatMap((id) => this.settled.profiles.get(id) ?? []));
  }

  /** Writes as storage does: whole records, inserts only where there is no row, retired ids repointed. */
  apply(changes: IdentityChanges): void {
    this.lagging = this.lags
      ? { identifiers: new Map(this.settled.identifiers), links: new Map(this.settled.links), profiles: new Map(this.settled.profiles) }
      : this.settled;
    write(changes.identifiers, this.settled.identifiers, (row) => row.identifierId);
    write(changes.links, this.settled.links, (row) => `${row.lowId} ${row.highId}`);
    write(changes.profiles, this.settled.profiles, (row) => row.profileId);
    for (const { profileId, mergedInto, isNew } of changes.profiles) {
      if (mergedInto === null || isNew) continue;
      for (const row of this.profiles) if (row.mergedInto === profileId) this.settled.profiles.set(row.profileId, { ...row, mergedInto });
    }
    this.merges.push(...changes.merges);
  }

  /** The links as the oracle takes them. */
  replayedLinks(): ReplayedLink[] {
    const { identifiers } = this.settled;
    return this.links.map(({ lowId, highId, firstSeenAtMs, lastSeenAtMs, alias }) => {
      const left = identifiers.get(lowId) as IdentifierRecord;
      return { left, right: identifiers.get(highId) as IdentifierRecord, firstSeenAtMs, lastSeenAtMs, alias };
    });
  }

  /** The groups, as sorted texts. */
  groups(): string[] {
    const byProfile = new Map<string, string[]>();
    for (const { profileId, type, value } of this.identifiers) {
      byProfile.set(profileId, [...(byProfile.get(profileId) ?? []), `${type}:${value}`]);
    }
    return asTexts([...byProfile.values()]);
  }

  /** Throws where the tables contradict each other. `interactions` were taken in so far. */
  assertConsistent(interactions: number): void {
    const membersOf = new Map<string, IdentifierRecord[]>();
    for (const identifier of this.identifiers)
      membersOf.set(identifier.profileId, [...(membersOf.get(identifier.profileId) ?? []), identifier]);
    for (const profile of this.profiles) assertProfile(profile, membersOf.get(profile.profileId) ?? [], this.settled);
    for (const profileId of membersOf.keys()) assert(this.settled.profiles.has(profileId), 'an identifier is on no profile');
    const owned = this.identifiers.reduce((sum, identifier) => sum + identifier.interactions, 0);
    assert(owned === interactions, `${owned} interactions are counted, not ${interactions}`);
    for (const { lowId, highId } of this.links) assert(lowId < highId, 'the ends of a link are in the wrong order');
    for (const merge of this.merges)
      assert(this.settled.profiles.has(merge.survivorId) && this.settled.profiles.has(merge.absorbedId), 'a merge of nobody');
  }

  private withProfile(
    identifier: IdentifierRecord | undefined,
    tables: Tables,
  ): { identifier: IdentifierRecord; profile: ProfileRecord }[] {
    return identifier ? [{ identifier, profile: tables.profiles.get(identifier.profileId) as ProfileRecord }] : [];
  }

  private answer<T>(records: readonly T[]): Promise<readonly T[]> {
    this.reads.calls++;
    this.reads.records += records.length;
    return Promise.resolve(records);
  }
}

export function asTexts(groups: readonly (readonly string[])[]): string[] {
  return groups.map((group) => [...group].sort().join(' + ')).sort();
}

function write<K, T extends { readonly isNew: boolean }>(rows: readonly T[], table: Map<K, unknown>, keyOf: (row: T) => K): void {
  for (const { isNew, ...row } of rows) {
    const key = keyOf({ ...row, isNew } as T);
    assert(table.has(key) !== isNew, isNew ? `${key} is there already` : `${key} is not there`);
    table.set(key, row);
  }
}

function assertProfile(profile: ProfileRecord, members: readonly IdentifierRecord[], tables: Tables): void {
  const { profileId, mergedInto } = profile;
  if (mergedInto !== null) {
    assert(members.length === 0, 'a retired profile has members');
    const survivor = tables.profiles.get(mergedInto);
    assert(survivor !== undefined && survivor.mergedInto === null, `${profileId} points to nobody who lives`);
    return;
  }
  assert(members.length > 0, `${profileId} lives without identifiers`);
  assert(profile.identifierCount === members.length, `${profileId} counts ${profile.identifierCount} of ${members.length} identifiers`);
  const counts = new Map<string, number>();
  for (const { type } of members) counts.set(type, (counts.get(type) ?? 0) + 1);
  for (const [type, count] of counts) {
    const recorded = profile.typeCounts[type] ?? 0;
    assert(recorded >= 1 && recorded <= count, `${profileId} counts ${recorded} of ${count} ${type}`);
  }
}

function assert(holds: boolean, fault: string): void {
  if (!holds) throw new Error(`The store is inconsistent: ${fault}.`);
}
