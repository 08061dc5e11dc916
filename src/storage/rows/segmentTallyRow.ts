import { Column, Entity, PrimaryColumn } from 'typeorm';

/** How many entered and left a segment in an hour. */
@Entity('segment_tally')
export class SegmentTallyRow {
  @PrimaryColumn({ name: 'workspace_id', type: 'integer' })
  readonly workspaceId: number;

  @PrimaryColumn({ name: 'segment_id', type: 'uuid' })
  readonly segmentId: string;

  @PrimaryColumn({ type: 'timestamptz' })
  readonly hour: Date;

  @Column({ type: 'integer' })
  readonly entered: number;

  @Column({ name: 'left_count', type: 'integer' })
  readonly leftCount: number;
}
