import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What was erased, as a keyed hash. */
@Entity('tombstone')
export class TombstoneRow {
  @PrimaryColumn({ name: 'workspace_id', type: 'integer' })
  readonly workspaceId: number;

  @PrimaryColumn({ type: 'bytea' })
  readonly hash: Buffer;

  @Column({ name: 'erasure_id', type: 'uuid' })
  readonly erasureId: string;

  @Column({ name: 'erased_at', type: 'timestamptz' })
  readonly erasedAt: Date;
}
