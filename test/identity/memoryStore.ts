import type {
  IdentifierRecord,
  IdentityChanges,
  IdentityReader,
  LinkRecord,
  MergeRecord,
  ProfileRecord,
} from '../../src/identity/identityStore';
import type { ReplayedLink } from '../../src/identity/replay';
import { HUB_LIMIT } from '../../src/identity/rules';

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
  protected settled: Tables = { identifiers: new Map(), links: new Map(), profiles: new Map() };
  protected lagging: Tables = this.settled;

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
        .sort((left, right) => (right.lastSeenAtMs ?? 0) - (left.lastSeenAtMs ?? 0))
        .slice(0, limitPerIdentifier),
    );
    return this.answer(links);
  }

  findProfiles(profileIds: readonly string[]) {
    return this.answer(profileIds.flatMap((id) => this.settled.profiles.get(id) ?? []));
  }

  findLinkedTypes(ids: readonly bigint[]) {
    const linked = ids.flatMap((identifierId) => {
      const seen = this.links.filter(({ firstSeenAtMs }) => firstSeenAtMs !== null);
      const others = seen.flatMap(({ lowId, highId }) => (lowId === identifierId ? highId : highId === identifierId ? lowId : []));
      const byType = new Map<string, string[]>();
      for (const other of others) {
        const { type, value } = this.settled.identifiers.get(other) as IdentifierRecord;
        byType.set(type, [...(byType.get(type) ?? []), value]);
      }
      return [...byType].map(([type, values]) => ({ identifierId, type, count: values.length, values }));
    });
    return this.answer(linked);
  }

  /** Writes as storage does: whole records, inserts only where there is no row, retired ids repointed. */
  apply(changes: IdentityChanges): void {
    this.lagging = this.lags
      ? { identifiers: new Map(this.settled.identifiers), links: new Map(this.settled.links), profiles: new Map(this.settled.profiles) }
      : this.settled;
    write(changes.identifiers, this.settled.identifiers, (row) => row.identifierId);
    const links = changes.links.filter(({ firstSeenAtMs, decision }) => firstSeenAtMs !== null || decision !== null);
    write(links, this.settled.links, (row) => `${row.lowId} ${row.highId}`);
    for (const link of changes.links) if (!links.includes(link)) this.settled.links.delete(`${link.lowId} ${link.highId}`);
    write(changes.profiles, this.settled.profiles, (row) => row.profileId);
    for (const { profileId, mergedInto, isNew } of changes.profiles) {
      if (mergedInto === null || isNew) continue;
      for (const row of this.profiles) if (row.mergedInto === profileId) this.settled.profiles.set(row.profileId, { ...row, mergedInto });
    }
    this.merges.push(...changes.merges);
  }

  /** From here on every read sees everything that was written. */
  settle(): void {
    this.lagging = this.settled;
  }

  /** The links as the oracle takes them. */
  replayedLinks(): ReplayedLink[] {
    const { identifiers } = this.settled;
    return this.links.map(({ lowId, highId, firstSeenAtMs, lastSeenAtMs, alias, decision }) => {
      const left = identifiers.get(lowId) as IdentifierRecord;
      return {
        left,
        right: identifiers.get(highId) as IdentifierRecord,
        firstSeenAtMs,
        lastSeenAtMs,
        alias,
        decidedAtMs: decision?.decidedAtMs ?? null,
      };
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
  assertConsistent(interactions: number, hubLimit = HUB_LIMIT): void {
    const classOf = this.aliasClasses(hubLimit);
    const membersOf = new Map<string, IdentifierRecord[]>();
    for (const identifier of this.identifiers)
      membersOf.set(identifier.profileId, [...(membersOf.get(identifier.profileId) ?? []), identifier]);
    for (const profile of this.profiles) assertProfile(profile, membersOf.get(profile.profileId) ?? [], { tables: this.settled, classOf });
    for (const profileId of membersOf.keys()) assert(this.settled.profiles.has(profileId), 'an identifier is on no profile');
    const owned = this.identifiers.reduce((sum, identifier) => sum + identifier.interactions, 0);
    assert(owned === interactions, `${owned} interactions are counted, not ${interactions}`);
    for (const { lowId, highId } of this.links) assert(lowId < highId, 'the ends of a link are in the wrong order');
    for (const merge of this.merges)
      assert(this.settled.profiles.has(merge.survivorId) && this.settled.profiles.has(merge.absorbedId), 'a merge of nobody');
  }

  /** Each identifier that was aliased to one of its type, with the number it shares with all that are one with it. */
  private aliasClasses(hubLimit: number): Map<bigint, bigint> {
    const classOf = new Map<bigint, bigint>();
    for (const { lowId, highId, alias } of this.links) {
      const ends = [lowId, highId].map((id) => this.settled.identifiers.get(id) as IdentifierRecord);
      if (!alias || ends[0]?.type !== ends[1]?.type || ends.some((end) => end.strongerLinks > hubLimit)) continue;
      const kept = classOf.get(lowId) ?? lowId;
      const given = classOf.get(highId) ?? highId;
      classOf.set(lowId, kept).set(highId, kept);
      for (const [id, aliasClass] of classOf) if (aliasClass === given) classOf.set(id, kept);
    }
    return classOf;
  }

  protected withProfile(
    identifier: IdentifierRecord | undefined,
    tables: Tables,
  ): { identifier: IdentifierRecord; profile: ProfileRecord }[] {
    return identifier ? [{ identifier, profile: tables.profiles.get(identifier.profileId) as ProfileRecord }] : [];
  }

  protected answer<T>(records: readonly T[]): Promise<readonly T[]> {
    this.reads.calls++;
    this.reads.records += records.length;
    return Promise.resolve(records);
  }
}

export function asTexts(groups: readonly (readonly string[])[]): string[] {
  return groups.map((group) => [...group].sort().join(' + ')).sort();
}

export function assert(holds: boolean, fault: string): asserts holds {
  if (!holds) throw new Error(`The store is inconsistent: ${fault}.`);
}

function write<K, T extends { readonly isNew: boolean }>(rows: readonly T[], table: Map<K, unknown>, keyOf: (row: T) => K): void {
  for (const { isNew, ...row } of rows) {
    const key = keyOf({ ...row, isNew } as T);
    assert(table.has(key) !== isNew, isNew ? `${key} is there already` : `${key} is not there`);
    table.set(key, row);
  }
}

interface Surroundings {
  readonly tables: Tables;
  readonly classOf: ReadonlyMap<bigint, bigint>;
}

function assertProfile(profile: ProfileRecord, members: readonly IdentifierRecord[], { tables, classOf }: Surroundings): void {
  const { profileId, mergedInto } = profile;
  if (mergedInto !== null) {
    assert(members.length === 0, 'a retired profile has members');
    const survivor = tables.profiles.get(mergedInto);
    assert(survivor !== undefined && survivor.mergedInto === null, `${profileId} points to nobody who lives`);
    return;
  }
  assert(members.length > 0, `${profileId} lives without identifiers`);
  assert(profile.identifierCount === members.length, `${profileId} counts ${profile.identifierCount} of ${members.length} identifiers`);
  const held = new Map<string, Set<bigint>>();
  for (const { type, identifierId } of members)
    held.set(type, (held.get(type) ?? new Set()).add(classOf.get(identifierId) ?? identifierId));
  const sides = members.flatMap(({ labels }) => labels.map(({ decisionId, side }): [string, number] => [`part:${decisionId}`, side + 1]));
  const counts = Object.fromEntries([...[...held].map(([type, ones]): [string, number] => [type, ones.size]), ...sides]);
  const inOrder = (record: Readonly<Record<string, number>>) => JSON.stringify(Object.entries(record).sort());
  assert(inOrder(profile.typeCounts) === inOrder(counts), `${profileId} counts ${inOrder(profile.typeCounts)}, not ${inOrder(counts)}`);
}
