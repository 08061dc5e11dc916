import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Interactions as columns, in the order of time and message id; immutable, and replaced by larger ones. */
@Entity('touch_chunk')
export class TouchChunkRow {
  @PrimaryColumn({ name: 'workspace_id', type: 'integer' })
  readonly workspaceId: number;

  @PrimaryColumn({ name: 'chunk_id', type: 'bigint', generated: 'identity', generatedIdentity: 'ALWAYS' })
  readonly chunkId: string;

  @Column({ name: 'first_at', type: 'timestamptz' })
  readonly firstAt: Date;

  @Column({ name: 'last_at', type: 'timestamptz' })
  readonly lastAt: Date;

  @Column({ type: 'integer' })
  readonly touches: number;

  /** 0: of one batch; one more each time that several were merged; 9: as large as it is to get. */
  @Column({ type: 'smallint' })
  readonly level: number;

  @Column({ type: 'bytea' })
  readonly columns: Buffer;

  @Column({ name: 'message_ids', type: 'bytea' })
  readonly messageIds: Buffer;
}
