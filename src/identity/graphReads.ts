import { ownText } from '../kernel/ownText';
import type { IdentifierRecord, IdentityReader, LinkedType } from './identityStore';
import type { IdentityWindow } from './identityWindow';
import type { KnownIdentifier } from './knownIdentifier';
import type { KnownProfile } from './knownProfile';
import { compareIdentifiers } from './linkOrder';
import type { Observation, ObservedIdentifier } from './observation';

/** Of an identifier with more links, the latest seen are read. docs/decisions/identity-region.md says what that means. */
export const LINKS_PER_IDENTIFIER = 2000;

/** How an identifier is numbered; see `identifierId`. */
export type Numbering = (type: string, value: string, probe: number) => bigint;

/** Somebody to look for in storage, at one number after the other until it is found or the number is free. */
interface Wanted {
  readonly type: string;
  readonly value: string;
  readonly observation: Observation;
  probe: number;
  identifierId: bigint;
}

interface GraphReadsOptions {
  readonly window: IdentityWindow;
  readonly reader: IdentityReader;
  readonly numbering: Numbering;
}

/** Brings parts of the stored graph into memory. */
export class GraphReads {
  private readonly window: IdentityWindow;
  private readonly reader: IdentityReader;
  private readonly numbering: Numbering;

  constructor(options: GraphReadsOptions) {
    this.window = options.window;
    this.reader = options.reader;
    this.numbering = options.numbering;
  }

  /** The identifiers of each of these observations, in memory; those that nobody saw before are made. */
  async identifiersOf(observations: readonly Observation[]): Promise<KnownIdentifier[][]> {
    const wanted = new Map<string, Wanted>();
    const known = observations.map((observation) =>
      observation.identifiers.map((identifier) => this.findOrWant(identifier, observation, wanted)),
    );
    if (wanted.size === 0) return known as KnownIdentifier[][];
    await this.findOrMake([...wanted.values()]);
    return observations.map(({ identifiers }) => identifiers.map(({ type, value }) => this.window.find(type, value) as KnownIdentifier));
  }

  /** These identifiers, in memory, in order. They must be stored. */
  async identifiersById(identifierIds: readonly bigint[]): Promise<KnownIdentifier[]> {
    const unknown = [...new Set(identifierIds)].filter((id) => !this.window.findById(id));
    if (unknown.length > 0) for (const stored of await this.reader.findIdentifiers(unknown)) this.window.admitIdentifier(stored);
    return identifierIds.map((id) => {
      const found = this.window.findById(id);
      if (!found) throw new Error(`There is no identifier ${id}.`);
      return found;
    });
  }

  /** Afterwards every stored link between two identifiers of one of these messages is in memory. */
  async linksWithin(messages: readonly (readonly KnownIdentifier[])[]): Promise<void> {
    const pairs = new Map<string, { lowId: bigint; highId: bigint }>();
    for (const identifiers of messages) {
      for (let first = 0; first < identifiers.length - 1; first++) {
        for (let second = first + 1; second < identifiers.length; second++) {
          this.wantLink(identifiers[first] as KnownIdentifier, identifiers[second] as KnownIdentifier, pairs);
        }
      }
    }
    if (pairs.size === 0) return;
    for (const link of await this.reader.findLinks([...pairs.values()])) this.window.admitLink(link);
  }

  /** Afterwards these profiles are complete. */
  async membersOf(profiles: readonly KnownProfile[]): Promise<void> {
    const incomplete = profiles.filter((profile) => !profile.isComplete);
    if (incomplete.length === 0) return;
    for (const stored of await this.reader.findMembers(incomplete.map((profile) => profile.profileId))) this.window.admitIdentifier(stored);
    for (const profile of incomplete) profile.identifierCount = profile.members.length;
  }

  /** Afterwards all links of these identifiers are in memory, and the identifiers at their other ends; of each the latest, see `LINKS_PER_IDENTIFIER`. */
  async linksOf(identifiers: readonly KnownIdentifier[]): Promise<void> {
    const asked = identifiers.filter((identifier) => !identifier.isTruncated && !(identifier.knowsStronger && identifier.knowsWeaker));
    if (asked.length === 0) return;
    const ids = asked.map((identifier) => identifier.identifierId);
    const links = await this.reader.findLinksOf(ids, LINKS_PER_IDENTIFIER);
    const ends = new Set(links.flatMap((link) => [link.lowId, link.highId]));
    const unknown = [...ends].filter((id) => !this.window.findById(id));
    if (unknown.length > 0) for (const stored of await this.reader.findIdentifiers(unknown)) this.window.admitIdentifier(stored);
    const counts = new Map<bigint, Set<bigint>>(ids.map((id) => [id, new Set()]));
    for (const link of links) {
      this.window.admitLink(link);
      counts.get(link.lowId)?.add(link.highId);
      counts.get(link.highId)?.add(link.lowId);
    }
    for (const identifier of asked) {
      const isAll = (counts.get(identifier.identifierId)?.size ?? 0) < LINKS_PER_IDENTIFIER;
      identifier.knowsStronger = isAll;
      identifier.knowsWeaker = isAll;
      identifier.isTruncated = !isAll;
    }
  }

  /** These profiles, in memory, without those that are retired. */
  async profiles(profileIds: readonly string[]): Promise<KnownProfile[]> {
    const unknown = profileIds.filter((id) => !this.window.findProfile(id));
    if (unknown.length > 0) {
      for (const record of await this.reader.findProfiles(unknown)) if (record.mergedInto === null) this.window.admitProfile(record);
    }
    return profileIds.flatMap((id) => this.window.findProfile(id) ?? []).filter((profile) => profile.mergedInto === null);
  }

  linkedTypesOf(identifiers: readonly KnownIdentifier[]): Promise<readonly LinkedType[]> {
    const ids = identifiers.map((identifier) => identifier.identifierId);
    return this.reader.findLinkedTypes(ids, this.window.rules.hasPatterns);
  }

  /** Those of these profiles that are retired now. */
  async retiredOf(profileIds: readonly string[]): Promise<string[]> {
    const inMemory = profileIds.filter((id) => this.window.findProfile(id));
    const others = profileIds.filter((id) => !this.window.findProfile(id));
    const stored = others.length > 0 ? await this.reader.findProfiles(others) : [];
    return [
      ...inMemory.filter((id) => this.window.findProfile(id)?.mergedInto),
      ...stored.filter((record) => record.mergedInto !== null).map((record) => record.profileId),
    ];
  }

  private findOrWant(
    { type, value }: ObservedIdentifier,
    observation: Observation,
    wanted: Map<string, Wanted>,
  ): KnownIdentifier | undefined {
    const known = this.window.find(type, value);
    if (known) return known;
    const name = `${type}\0${value}`;
    if (!wanted.has(name)) wanted.set(name, { type, value, observation, probe: 0, identifierId: this.numbering(type, value, 0) });
    return undefined;
  }

  private async findOrMake(all: readonly Wanted[]): Promise<void> {
    for (let wanted = all; wanted.length > 0; ) {
      const found = await this.reader.findIdentifiers([...new Set(wanted.map((each) => each.identifierId))]);
      for (const stored of found) this.window.admitIdentifier(stored);
      wanted = wanted.filter((each) => this.isAtOthersNumber(each));
      for (const each of wanted) each.identifierId = this.numbering(each.type, each.value, ++each.probe);
    }
  }

  /** Makes the identifier where its number is free. */
  private isAtOthersNumber(wanted: Wanted): boolean {
    const { type, identifierId } = wanted;
    const value = ownText(wanted.value);
    if (this.window.find(type, value)) return false;
    if (this.window.findById(identifierId)) return true;
    const { occurredAtMs, sourceId } = wanted.observation;
    this.window.create(newIdentifier({ identifierId, type, value, sourceId, firstSeenAtMs: occurredAtMs, lastSeenAtMs: occurredAtMs }));
    return false;
  }

  private wantLink(one: KnownIdentifier, other: KnownIdentifier, pairs: Map<string, { lowId: bigint; highId: bigint }>): void {
    if (one.isNew || other.isNew || this.window.linkBetween(one, other) || knowsAllBetween(one, other)) return;
    const [lowId, highId] =
      one.identifierId < other.identifierId ? [one.identifierId, other.identifierId] : [other.identifierId, one.identifierId];
    pairs.set(`${lowId} ${highId}`, { lowId, highId });
  }
}

type IdentifierOrigin = Omit<IdentifierRecord, 'profileId' | 'homeProfileId' | 'interactions' | 'strongerLinks' | 'verified' | 'labels'>;

const NO_LABELS: IdentifierRecord['labels'] = [];

function newIdentifier(origin: IdentifierOrigin): Omit<IdentifierRecord, 'profileId'> {
  return { ...origin, homeProfileId: null, interactions: 0, strongerLinks: 0, verified: false, labels: NO_LABELS };
}

/** Whether a link between these would be in memory if it were stored. */
function knowsAllBetween(one: KnownIdentifier, other: KnownIdentifier): boolean {
  const isOneStronger = compareIdentifiers(one, other) < 0;
  return (isOneStronger ? other : one).knowsStronger || (isOneStronger ? one : other).knowsWeaker;
}
