import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A membership that ended. */
@Entity('segment_stay')
export class SegmentStayRow {
  @PrimaryColumn({ name: 'workspace_id', type: 'integer' })
  readonly workspaceId: number;

  @PrimaryColumn({ name: 'profile_id', type: 'uuid' })
  readonly profileId: string;

  @PrimaryColumn({ name: 'segment_id', type: 'uuid' })
  readonly segmentId: string;

  @PrimaryColumn({ name: 'left_at', type: 'timestamptz' })
  readonly leftAt: Date;

  @Column({ name: 'entered_at', type: 'timestamptz' })
  readonly enteredAt: Date;

  /** Why the profile was in, in words. */
  @Column({ type: 'text' })
  readonly reason: string;
}
