import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Two identifiers seen in one message, and when. */
@Entity('link')
export class LinkRow {
  @PrimaryColumn({ name: 'workspace_id', type: 'integer' })
  readonly workspaceId: number;

  @PrimaryColumn({ name: 'low_id', type: 'bigint' })
  readonly lowId: string;

  @PrimaryColumn({ name: 'high_id', type: 'bigint' })
  readonly highId: string;

  @Column({ name: 'first_seen_at', type: 'timestamptz' })
  readonly firstSeenAt: Date;

  @Column({ name: 'last_seen_at', type: 'timestamptz' })
  readonly lastSeenAt: Date;

  @Column({ name: 'first_interaction_id', type: 'uuid' })
  readonly firstInteractionId: string;

  @Column({ name: 'last_interaction_id', type: 'uuid' })
  readonly lastInteractionId: string;

  @Column({ type: 'boolean' })
  readonly alias: boolean;
}
