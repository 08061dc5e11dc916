import type { IdentityReader, LinkRecord } from './identityStore';
import type { StoredIdentifier } from './identityWindow';

/**
 * The same reads, each thing read once, for as long as nobody writes: a decision looks at a profile's identifiers and links several times over, and a
 * giant has tens of thousands of them.
 */
export class RememberedReads {
  private readonly identifiers = new Map<bigint, StoredIdentifier>();
  private readonly members = new Map<string, StoredIdentifier[]>();
  private readonly links = new Map<bigint, LinkRecord[]>();

  constructor(private readonly reader: IdentityReader) {}

  async findIdentifiers(identifierIds: readonly bigint[]): Promise<readonly StoredIdentifier[]> {
    const unknown = identifierIds.filter((id) => !this.identifiers.has(id));
    if (unknown.length > 0) for (const found of await this.reader.findIdentifiers(unknown)) this.remember(found);
    return identifierIds.flatMap((id) => this.identifiers.get(id) ?? []);
  }

  async findMembers(profileIds: readonly string[]): Promise<readonly StoredIdentifier[]> {
    const unknown = profileIds.filter((id) => !this.members.has(id));
    for (const id of unknown) this.members.set(id, []);
    if (unknown.length > 0) {
      for (const found of await this.reader.findMembers(unknown)) this.members.get(found.identifier.profileId)?.push(this.remember(found));
    }
    return profileIds.flatMap((id) => this.members.get(id) ?? []);
  }

  /** `limitPerIdentifier` is to be the same in every call. */
  async findLinksOf(identifierIds: readonly bigint[], limitPerIdentifier: number): Promise<readonly LinkRecord[]> {
    const unknown = identifierIds.filter((id) => !this.links.has(id));
    for (const id of unknown) this.links.set(id, []);
    const asked = new Set(unknown);
    const found = unknown.length > 0 ? await this.reader.findLinksOf(unknown, limitPerIdentifier) : [];
    for (const link of found) {
      if (asked.has(link.lowId)) this.links.get(link.lowId)?.push(link);
      if (asked.has(link.highId)) this.links.get(link.highId)?.push(link);
    }
    return identifierIds.flatMap((id) => this.links.get(id) ?? []);
  }

  private remember(found: StoredIdentifier): StoredIdentifier {
    const { identifierId } = found.identifier;
    const known = this.identifiers.get(identifierId);
    if (!known) this.identifiers.set(identifierId, found);
    return known ?? found;
  }
}

/** The reader, with what `RememberedReads` remembers. */
export function rememberingReads<Reader extends IdentityReader>(reader: Reader): Reader {
  const reads = new RememberedReads(reader);
  return {
    ...reader,
    findIdentifiers: (ids) => reads.findIdentifiers(ids),
    findMembers: (profileIds) => reads.findMembers(profileIds),
    findLinksOf: (ids, limit) => reads.findLinksOf(ids, limit),
  };
}
