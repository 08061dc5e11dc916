import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Whether a customer met a signal in one department, and came to an outcome in another after it. */
@Entity('influence_case')
export class InfluenceCaseRow {
  @PrimaryColumn({ name: 'workspace_id', type: 'integer' })
  readonly workspaceId: number;

  @PrimaryColumn({ name: 'profile_id', type: 'uuid' })
  readonly profileId: string;

  @PrimaryColumn({ type: 'text' })
  readonly pair: string;

  @Column({ type: 'timestamptz' })
  readonly at: Date;

  @Column({ name: 'has_signal', type: 'boolean' })
  readonly hasSignal: boolean;

  @Column({ name: 'has_outcome', type: 'boolean' })
  readonly hasOutcome: boolean;
}
