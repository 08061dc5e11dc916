import { Column, Entity, PrimaryColumn } from 'typeorm';

/** The key of a workspace's tombstones. */
@Entity('tombstone_key')
export class TombstoneKeyRow {
  @PrimaryColumn({ name: 'workspace_id', type: 'integer' })
  readonly workspaceId: number;

  @Column({ type: 'bytea' })
  readonly key: Buffer;

  @Column({ name: 'latest_at', type: 'timestamptz', nullable: true })
  readonly latestAt: Date | null;
}
