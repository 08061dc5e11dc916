import type { IdentityChanges, IdentityReader, LinkDecision, PartLabel } from './identityStore';
import type { ObservedIdentifier } from './observation';

/** What decisions read and hand back to be written, beside the graph itself. All of it belongs to one workspace. */

export interface StoredMerge {
  readonly mergeId: string;
  readonly mergedAtMs: number;
  readonly survivorId: string;
  readonly absorbedId: string;
  readonly absorbedIdentifierIds: readonly bigint[];
  /** The ends of the link that brought it about. */
  readonly lowId: bigint;
  readonly highId: bigint;
  readonly undoneAtMs: number | null;
  readonly decisionId: string | null;
}

/** Somebody says that two identifiers are one customer. */
export interface Join {
  readonly decisionId: string;
  readonly lowId: bigint;
  readonly highId: bigint;
  readonly decision: LinkDecision;
  /** Of a match; null for a person's. */
  readonly probability: number | null;
}

/** Somebody says that identifiers of side 0 and of side 1 are two customers. */
export interface Part {
  readonly decisionId: string;
  readonly sides: readonly { readonly identifierId: bigint; readonly side: 0 | 1 }[];
}

export interface Labelled {
  readonly identifierId: bigint;
  readonly label: PartLabel;
}

export interface DecisionReader extends IdentityReader {
  findMerge(mergeId: string): Promise<StoredMerge | null>;
  /** Merges at that time or later that the profile survived or was absorbed by, without those that were undone, in order. */
  findMergesSince(profileId: string, atMs: number): Promise<readonly StoredMerge[]>;
  /** What a decided join brought about when it was made, without merges that were undone, in order. */
  findMergesOf(decisionId: string): Promise<readonly StoredMerge[]>;
  /** The joins of these two, without those that were revoked. */
  findJoins(lowId: bigint, highId: bigint): Promise<readonly Join[]>;
  /** The labels that are out of force because of a join. */
  findSuperseded(joinId: string): Promise<readonly Labelled[]>;
  /** Those of these identifiers that came at that time or later. */
  findCreatedSince(identifierIds: readonly bigint[], atMs: number): Promise<readonly bigint[]>;
  /** A few identifiers of each of these profiles, strongest first by the ranks of their types, without hubs. */
  findStrongest(
    profileIds: readonly string[],
    order: { readonly types: readonly string[]; readonly hubLimit: number },
  ): Promise<ReadonlyMap<string, readonly (ObservedIdentifier & { readonly identifierId: bigint })[]>>;
}

/** Everything that a decision changes, to be written as a whole. */
export interface DecisionChanges {
  readonly identity: IdentityChanges;
  readonly joins: readonly Join[];
  readonly parts: readonly Part[];
  /** Labels that a new join puts out of force for as long as it stands. */
  readonly superseded: readonly (Labelled & { readonly joinId: string })[];
  /** Joins that stand no longer; the labels they superseded are in force again. */
  readonly revokedJoinIds: readonly string[];
  readonly undoneMergeIds: readonly string[];
}
