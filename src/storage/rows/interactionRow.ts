import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Json } from '../../kernel/json';

/** One entry of the timeline; immutable, and for good on one identifier. */
@Entity('interaction')
export class InteractionRow {
  @PrimaryColumn({ name: 'workspace_id', type: 'integer' })
  readonly workspaceId: number;

  /** Named by source and message id, so that the primary key refuses a duplicate. */
  @PrimaryColumn({ name: 'interaction_id', type: 'uuid' })
  readonly interactionId: string;

  @Column({ name: 'identifier_id', type: 'bigint' })
  readonly identifierId: string;

  @Column({ name: 'occurred_at', type: 'timestamptz' })
  readonly occurredAt: Date;

  @Column({ name: 'received_at', type: 'timestamptz' })
  readonly receivedAt: Date;

  @Column({ name: 'source_id', type: 'integer' })
  readonly sourceId: number;

  @Column({ type: 'smallint' })
  readonly kind: number;

  @Column({ type: 'smallint' })
  readonly department: number;

  @Column({ type: 'smallint' })
  readonly channel: number;

  @Column({ type: 'smallint' })
  readonly direction: number;

  @Column({ type: 'text' })
  readonly name: string;

  @Column({ name: 'message_id', type: 'text' })
  readonly messageId: string;

  @Column({ name: 'subject_type', type: 'text', nullable: true })
  readonly subjectType: string | null;

  @Column({ name: 'subject_id', type: 'text', nullable: true })
  readonly subjectId: string | null;

  @Column({ type: 'json', nullable: true })
  readonly properties: Json | null;

  @Column({ type: 'json', nullable: true })
  readonly context: Json | null;

  /** Its touch was put into a chunk when it was written; false for those from before there were chunks. */
  @Column({ name: 'in_chunk', type: 'boolean', default: true })
  readonly inChunk: boolean;
}
