/** What identity reads from storage and what it hands back to be written. All of it belongs to one workspace. */

export interface ProfileRecord {
  readonly profileId: string;
  /** The living profile that answers for it; ids that pointed to it before it was retired are to be pointed there too when this is written. */
  readonly mergedInto: string | null;
  /** Some link of its identifiers may have been refused by a limit. */
  readonly contested: boolean;
  readonly identifierCount: number;
  /**
   * Identifiers by type, those joined by alias counted as one; and, by `part:` and its id, for each parting that some of them are labelled of, their
   * side of it and one.
   */
  readonly typeCounts: Readonly<Record<string, number>>;
  readonly firstSeenAtMs: number;
  /** The number of the rules under which it was last resolved; see `RulesInForce`. */
  readonly rulesVersion: number;
}

export interface IdentifierRecord {
  /** See `identifierId`: a signed 64-bit hash of type and value. */
  readonly identifierId: bigint;
  readonly type: string;
  readonly value: string;
  readonly profileId: string;
  /** The profile that was founded when this identifier was first seen, or null where it joined one at once. */
  readonly homeProfileId: string | null;
  readonly sourceId: number;
  /** Of the interactions it owns; where it owns none, of the message it came with, and its links tell when it was seen since. */
  readonly firstSeenAtMs: number;
  readonly lastSeenAtMs: number;
  /** How many interactions it owns. */
  readonly interactions: number;
  /** Distinct identifiers of stronger types it was linked to; not counted on once it is a hub. */
  readonly strongerLinks: number;
  readonly verified: boolean;
  /** The labels in force. They are written with the decisions they come from, never with the identifier. */
  readonly labels: readonly PartLabel[];
}

/** Of a decided parting (PART): no profile holds identifiers of both of its sides. */
export interface PartLabel {
  readonly decisionId: string;
  readonly side: 0 | 1;
}

/** Somebody says that the ends of a link are one customer: it stands before all links that were only seen, the earliest decided first. */
export interface LinkDecision {
  readonly decidedAtMs: number;
  /** By a person, or as an accepted match. */
  readonly rule: 'person' | 'match';
}

export interface LinkRecord {
  /** lowId < highId, as signed 64-bit integers. */
  readonly lowId: bigint;
  readonly highId: bigint;
  /** Null, as the three after it, where no message had both ends; then it is there for its decision alone, and gone without one. */
  readonly firstSeenAtMs: number | null;
  readonly lastSeenAtMs: number | null;
  readonly firstInteractionId: string | null;
  readonly lastInteractionId: string | null;
  readonly alias: boolean;
  /** Written with the decision it comes from. */
  readonly decision: LinkDecision | null;
}

/** A merge that happened: who survived whom, by which rule, on what evidence. */
export interface MergeRecord {
  readonly mergeId: string;
  readonly rule: string;
  readonly actor: string;
  readonly survivorId: string;
  readonly absorbedId: string;
  readonly absorbedIdentifierIds: readonly bigint[];
  readonly evidence: { readonly lowId: bigint; readonly highId: bigint; readonly interactionId: string | null };
  /** The decided join that brought it about, or drew it in by making room for a link of messages; null where a message did. */
  readonly decisionId: string | null;
}

/** What an identifier is linked to, of one type. */
export interface LinkedType {
  readonly identifierId: bigint;
  readonly type: string;
  /** Distinct identifiers of the type. */
  readonly count: number;
  /** Theirs; empty where nobody asked for them. */
  readonly values: readonly string[];
}

/**
 * Reads of the stored graph. Those under "may lag" may miss changes that were returned by the last call to resolve and are
 * still being written; the graph asks them only about what it does not know itself. The others wait for those writes.
 */
export interface IdentityReader {
  /** May lag. Unknown ids are simply not in the answer. Each comes with the profile it is on. */
  findIdentifiers(identifierIds: readonly bigint[]): Promise<readonly { identifier: IdentifierRecord; profile: ProfileRecord }[]>;
  /** May lag. Unknown pairs are simply not in the answer. */
  findLinks(pairs: readonly { lowId: bigint; highId: bigint }[]): Promise<readonly LinkRecord[]>;
  /** Settled. The identifiers of these profiles. */
  findMembers(profileIds: readonly string[]): Promise<readonly { identifier: IdentifierRecord; profile: ProfileRecord }[]>;
  /** Settled. All links with at least one end among these identifiers, at most `limitPerIdentifier` for each, latest seen first. */
  findLinksOf(identifierIds: readonly bigint[], limitPerIdentifier: number): Promise<readonly LinkRecord[]>;
  /** Settled. Profiles by id, also retired ones. */
  findProfiles(profileIds: readonly string[]): Promise<readonly ProfileRecord[]>;
  /** Settled. The other ends of all links of these identifiers that were seen, one record for each of them and each type of other end. */
  findLinkedTypes(identifierIds: readonly bigint[], withValues: boolean): Promise<readonly LinkedType[]>;
}

/** How an identifier stood before the changes that it is among. */
export interface IdentifierBefore {
  readonly profileId: string;
  readonly lastSeenAtMs: number;
}

/** Whole records to write; `isNew` says that there is no row yet. */
export interface IdentityChanges {
  /** For each observation, in order: the identifier that its interaction belongs to for good. */
  readonly owners: readonly bigint[];
  /** `before` is null of a new one, and tells nothing that is written. */
  readonly identifiers: readonly (IdentifierRecord & { readonly isNew: boolean; readonly before: IdentifierBefore | null })[];
  readonly links: readonly (LinkRecord & { readonly isNew: boolean })[];
  readonly profiles: readonly (ProfileRecord & { readonly isNew: boolean })[];
  readonly merges: readonly MergeRecord[];
}
