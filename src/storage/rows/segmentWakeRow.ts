import { Column, Entity, PrimaryColumn } from 'typeorm';

/** When time alone may change a membership of a profile next, at the earliest. */
@Entity('segment_wake')
export class SegmentWakeRow {
  @PrimaryColumn({ name: 'workspace_id', type: 'integer' })
  readonly workspaceId: number;

  @PrimaryColumn({ name: 'profile_id', type: 'uuid' })
  readonly profileId: string;

  @Column({ name: 'wake_at', type: 'timestamptz' })
  readonly wakeAt: Date;
}
