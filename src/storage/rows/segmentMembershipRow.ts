import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Who is in, since when, and why in words. */
@Entity('segment_membership')
export class SegmentMembershipRow {
  @PrimaryColumn({ name: 'workspace_id', type: 'integer' })
  readonly workspaceId: number;

  @PrimaryColumn({ name: 'segment_id', type: 'uuid' })
  readonly segmentId: string;

  @PrimaryColumn({ name: 'profile_id', type: 'uuid' })
  readonly profileId: string;

  @Column({ name: 'entered_at', type: 'timestamptz' })
  readonly enteredAt: Date;

  @Column({ type: 'text' })
  readonly reason: string;
}
