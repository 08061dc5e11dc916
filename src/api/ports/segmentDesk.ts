import type { Json } from '../../kernel/json';
import type { Author } from './author';

export interface NewSegment {
  /** `^[a-z0-9][a-z0-9_-]{0,63}$`, unique in the workspace. */
  readonly key: string;
  readonly name: string;
  readonly description: string | null;
  readonly definition: Json;
}

export interface SegmentChange {
  readonly segmentId: string;
  /** Undefined: as it is. */
  readonly name?: string | undefined;
  readonly description?: string | null | undefined;
  readonly definition?: Json | undefined;
}

export interface NewComputedTrait {
  readonly key: string;
  readonly name: string;
  readonly definition: Json;
}

/**
 * Segments and computed traits as people define them. Refuses with SEGMENT_INVALID, naming each fault with its path; with CONFLICT where the key is taken,
 * where there are too many, and where what is to be deleted is named by others; with NOT_FOUND. Then nothing has changed.
 */
export interface SegmentDesk {
  /** Answers its id. Who is in is computed in the background. */
  createSegment(workspaceId: number, segment: NewSegment, author: Author): Promise<string>;
  /** With another definition it is computed anew, and so are segments that name it; who was in stays in until found to be out. The same again changes nothing. */
  updateSegment(workspaceId: number, change: SegmentChange, author: Author): Promise<void>;
  /** Nobody is told that they left. */
  deleteSegment(workspaceId: number, segmentId: string, author: Author): Promise<void>;
  /** Its values count what came before, too, as soon as that is noted. */
  createComputedTrait(workspaceId: number, trait: NewComputedTrait, author: Author): Promise<void>;
  deleteComputedTrait(workspaceId: number, key: string, author: Author): Promise<void>;
}
