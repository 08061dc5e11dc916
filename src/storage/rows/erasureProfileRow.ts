import { Column, Entity, PrimaryColumn } from 'typeorm';

/** The profile to erase, and those that were merged into it. */
@Entity('erasure_profile')
export class ErasureProfileRow {
  @PrimaryColumn({ name: 'workspace_id', type: 'integer' })
  readonly workspaceId: number;

  @PrimaryColumn({ name: 'erasure_id', type: 'uuid' })
  readonly erasureId: string;

  @PrimaryColumn({ type: 'integer' })
  readonly ordinal: number;

  @Column({ name: 'profile_id', type: 'uuid' })
  readonly profileId: string;
}
