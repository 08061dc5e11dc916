import type { MatchSettings } from '../../identity/matchSettings';
import type { MatchStatus } from '../../identity/matchStatus';
import type { Author } from './author';

/** What one field says about two profiles. */
export interface FieldComparisonRecord {
  readonly field: string;
  readonly left: string | null;
  readonly right: string | null;
  readonly level: string;
  /** Log2 of the Bayes factor. */
  readonly matchWeight: number;
}

export interface MatchCandidateRecord {
  readonly candidateId: string;
  /** An identifier of each of the two profiles. */
  readonly leftId: string;
  readonly rightId: string;
  /** Log2 of the odds. */
  readonly weight: number;
  readonly probability: number;
  readonly comparisons: readonly FieldComparisonRecord[];
  readonly status: MatchStatus;
  readonly createdAtMs: number;
  readonly decidedAtMs: number | null;
  readonly decidedBy: string | null;
  /** Identifiers of each type that the two profiles hold now. */
  readonly leftTypeCounts: Readonly<Record<string, number>>;
  readonly rightTypeCounts: Readonly<Record<string, number>>;
}

export interface WantedCandidates {
  readonly status: MatchStatus;
  readonly minProbability: number;
}

export interface CandidatePlace {
  readonly weight: number;
  readonly candidateId: string;
}

/** Pairs of profiles that may be one customer, and what people decide about them. */
export interface MatchDesk {
  /** The most likely first, those after the given one. */
  listCandidates(
    workspaceId: number,
    wanted: WantedCandidates,
    page: { readonly after: CandidatePlace | null; readonly limit: number },
  ): Promise<readonly MatchCandidateRecord[]>;
  countCandidates(workspaceId: number, wanted: WantedCandidates): Promise<number>;
  findCandidate(workspaceId: number, candidateId: string): Promise<MatchCandidateRecord | null>;
  /** The two are one from now on. Refuses with NOT_FOUND, MATCH_DECIDED, MERGE_WITH_ITSELF and MERGE_REFUSED, naming the limit; then nothing has changed. */
  accept(workspaceId: number, candidateId: string, author: Author): Promise<void>;
  /** The two are held apart for good, unless a person merges them. Refuses with NOT_FOUND, MATCH_DECIDED and MERGE_WITH_ITSELF. */
  reject(workspaceId: number, candidateId: string, author: Author): Promise<void>;
  /** Answers the settings in force; the same ones again change nothing. */
  setSettings(workspaceId: number, settings: MatchSettings, author: Author): Promise<MatchSettings>;
}
