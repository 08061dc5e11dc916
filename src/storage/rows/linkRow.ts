import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Two identifiers seen in one message, and when; or decided to be one. */
@Entity('link')
export class LinkRow {
  @PrimaryColumn({ name: 'workspace_id', type: 'integer' })
  readonly workspaceId: number;

  @PrimaryColumn({ name: 'low_id', type: 'bigint' })
  readonly lowId: string;

  @PrimaryColumn({ name: 'high_id', type: 'bigint' })
  readonly highId: string;

  @Column({ name: 'first_seen_at', type: 'timestamptz', nullable: true })
  readonly firstSeenAt: Date | null;

  @Column({ name: 'last_seen_at', type: 'timestamptz', nullable: true })
  readonly lastSeenAt: Date | null;

  @Column({ name: 'first_interaction_id', type: 'uuid', nullable: true })
  readonly firstInteractionId: string | null;

  @Column({ name: 'last_interaction_id', type: 'uuid', nullable: true })
  readonly lastInteractionId: string | null;

  @Column({ type: 'boolean' })
  readonly alias: boolean;

  /** Since when somebody says that both are one customer; then it stands before all that was only seen. */
  @Column({ name: 'decided_at', type: 'timestamptz', nullable: true })
  readonly decidedAt: Date | null;

  /** person, or match for an accepted match. */
  @Column({ name: 'decided_rule', type: 'text', nullable: true })
  readonly decidedRule: string | null;
}
