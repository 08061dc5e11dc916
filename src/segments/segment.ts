import type { SegmentDefinition } from './definition';

export interface Segment {
  /** Unique in its workspace; other segments name it so. */
  readonly key: string;
  /** As people call it. */
  readonly name: string;
  readonly definition: SegmentDefinition;
}
