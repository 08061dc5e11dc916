import { Entity, PrimaryColumn } from 'typeorm';

/** A segment that was deleted and may have memberships left, which nobody reads. */
@Entity('dropped_segment')
export class DroppedSegmentRow {
  @PrimaryColumn({ name: 'workspace_id', type: 'integer' })
  readonly workspaceId: number;

  @PrimaryColumn({ name: 'segment_id', type: 'uuid' })
  readonly segmentId: string;
}
