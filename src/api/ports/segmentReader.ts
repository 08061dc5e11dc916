import type { Json, JsonObject } from '../../kernel/json';
import type { Interval } from '../../measures/journeys/periods';
import type { ComputedTraitDefinition } from '../../segments/computedTrait';
import type { SizeBasis } from '../../segments/sizeHistory';

export type SegmentStatus = 'COMPUTING' | 'LIVE' | 'FAILED';

export interface SegmentRecord {
  readonly segmentId: string;
  readonly key: string;
  readonly name: string;
  readonly description: string | null;
  /** As it was given. */
  readonly definition: Json;
  readonly status: SegmentStatus;
  /** Why it failed. */
  readonly failure: string | null;
  readonly size: number;
  readonly createdAtMs: number;
  readonly updatedAtMs: number;
}

export interface MembershipRecord {
  readonly segmentId: string;
  readonly enteredAtMs: number;
  readonly reason: string;
}

export interface MembersPage {
  readonly segmentId: string;
  /** The last profile of the page before. */
  readonly after: string | null;
  readonly limit: number;
}

/** Half-open, from the beginning of a step to that of another. */
export interface MovesWindow {
  readonly fromMs: number;
  readonly toMs: number;
  readonly interval: Interval;
}

export interface ComputedTraitRecord {
  readonly key: string;
  readonly name: string;
  /** As it was given. */
  readonly json: Json;
  readonly definition: ComputedTraitDefinition;
  /** What came before it was defined is counted, too. */
  readonly isReady: boolean;
  /** Of the tracked event it is counted from; null where there is none. */
  readonly tracked: { readonly eventKey: string; readonly trackedEventId: number } | null;
}

export interface PreviewRecord {
  /** How many would be in; an estimate where it isn't exact. */
  readonly size: number;
  readonly isExact: boolean;
  /** The 95 % interval of an estimate; of what is exact both are the size. */
  readonly low: number;
  readonly high: number;
  /** How many customers there are, and how many of them were looked at. */
  readonly profiles: number;
  readonly lookedAt: number;
  readonly sampleProfileIds: readonly string[];
}

/** Segments, computed traits and who is in. Whatever is asked of many is one statement. */
export interface SegmentReader {
  findSegments(workspaceId: number, segmentIds: readonly string[]): Promise<readonly SegmentRecord[]>;
  findSegmentByKey(workspaceId: number, key: string): Promise<SegmentRecord | null>;
  /** By their keys; `after` is one of them. */
  listSegments(workspaceId: number, page: { readonly after: string | null; readonly limit: number }): Promise<readonly SegmentRecord[]>;
  countSegments(workspaceId: number): Promise<number>;
  /** For each page the ids of living members, the newest profiles first. */
  listMembers(workspaceId: number, pages: readonly MembersPage[]): Promise<readonly (readonly string[])[]>;
  /** By segment. */
  readMoves(workspaceId: number, segmentIds: readonly string[], window: MovesWindow): Promise<ReadonlyMap<string, SizeBasis>>;
  /** By segment: memberships are true as of then; null where nobody can say. */
  readFreshAt(workspaceId: number, segments: readonly SegmentRecord[]): Promise<ReadonlyMap<string, number | null>>;
  /** By profile, those since the latest first. `atMs` null: now. */
  readMemberships(
    workspaceId: number,
    profileIds: readonly string[],
    atMs: number | null,
  ): Promise<ReadonlyMap<string, readonly MembershipRecord[]>>;
  listComputedTraits(workspaceId: number): Promise<readonly ComputedTraitRecord[]>;
  /** By profile the values at a time; a trait without one is left out. */
  readComputedTraits(
    workspaceId: number,
    profileIds: readonly string[],
    traits: readonly ComputedTraitRecord[],
    nowMs: number,
  ): Promise<ReadonlyMap<string, JsonObject>>;
  /** Refuses with SEGMENT_INVALID, naming each fault with its path. */
  previewSegment(workspaceId: number, definition: Json, nowMs: number): Promise<PreviewRecord>;
  /** Segments that a merge of these profiles would bring about or end, by their ids. Changes nothing. Empty where the merge would be refused. */
  tryMerge(
    workspaceId: number,
    profileIds: readonly string[],
  ): Promise<{ readonly entered: readonly string[]; readonly left: readonly string[] }>;
}
