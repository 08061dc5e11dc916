import { Column, Entity, PrimaryColumn } from 'typeorm';

/** An erasure and its receipt. */
@Entity('erasure')
export class ErasureRow {
  @PrimaryColumn({ name: 'workspace_id', type: 'integer' })
  readonly workspaceId: number;

  @PrimaryColumn({ name: 'erasure_id', type: 'uuid' })
  readonly erasureId: string;

  @Column({ name: 'requested_at', type: 'timestamptz' })
  readonly requestedAt: Date;

  @Column({ name: 'requested_by', type: 'text' })
  readonly requestedBy: string;

  @Column({ type: 'text' })
  readonly phase: string;

  @Column({ type: 'json' })
  readonly places: object;

  @Column({ name: 'erased_at', type: 'timestamptz', nullable: true })
  readonly erasedAt: Date | null;

  @Column({ name: 'finished_at', type: 'timestamptz', nullable: true })
  readonly finishedAt: Date | null;

  @Column({ type: 'json' })
  readonly erased: object;

  @Column({ type: 'bigint' })
  readonly replays: string;

  @Column({ name: 'last_replay_at', type: 'timestamptz', nullable: true })
  readonly lastReplayAt: Date | null;
}
