import type { ObservedIdentifier } from '../../identity/observation';
import type { Author } from './author';

export interface AskedMerge {
  readonly profileIds: readonly string[];
  /** One of them; null: the larger, then the older, then the one with the smaller id. */
  readonly survivorId: string | null;
}

/** What people decide about who is one customer. Everything that is refused is a Refusal, and has changed nothing. */
export interface DecisionDesk {
  /** Answers the survivor and the merges that came of it. */
  mergeProfiles(
    workspaceId: number,
    asked: AskedMerge & { readonly reason: string | null },
    author: Author,
  ): Promise<{ readonly survivorId: string; readonly mergeIds: readonly string[] }>;
  /** Answers who survived and who was absorbed then, whoever answers for them now. */
  undoMerge(workspaceId: number, mergeId: string, author: Author): Promise<{ readonly survivorId: string; readonly absorbedId: string }>;
  /** Identifiers are normalised. */
  splitProfile(
    workspaceId: number,
    asked: { readonly profileId: string; readonly identifiers: readonly ObservedIdentifier[] },
    author: Author,
  ): Promise<{ readonly remainingId: string; readonly separatedId: string }>;
  /** Changes nothing. `refusals`: why it would be refused, in words; empty where it would not. */
  previewMerge(
    workspaceId: number,
    profileIds: readonly string[],
  ): Promise<{ readonly survivorId: string; readonly refusals: readonly string[] }>;
}
