import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Its row is the lock of who follows the changes of a workspace. */
@Entity('segment_progress')
export class SegmentProgressRow {
  @PrimaryColumn({ name: 'workspace_id', type: 'integer' })
  readonly workspaceId: number;

  @Column({ type: 'bigint' })
  readonly steps: string;
}
