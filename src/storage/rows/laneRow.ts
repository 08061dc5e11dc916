import { Column, Entity, PrimaryColumn } from 'typeorm';

/** The one line in which a workspace's changes are written; its row is the lock. */
@Entity('lane')
export class LaneRow {
  @PrimaryColumn({ name: 'workspace_id', type: 'integer' })
  readonly workspaceId: number;

  /** Rises with every change to identity, so that a cache of it can tell that it is stale. */
  @Column({ type: 'bigint', default: 0 })
  readonly generation: string;

  @Column({ name: 'processed_position', type: 'bigint', default: 0 })
  readonly processedPosition: string;

  @Column({ name: 'processed_messages', type: 'bigint', default: 0 })
  readonly processedMessages: string;

  @Column({ name: 'messages_per_second', type: 'double precision', default: 0 })
  readonly messagesPerSecond: number;

  @Column({ name: 'updated_at', type: 'timestamptz' })
  readonly updatedAt: Date;
}
