import { Column, Entity, PrimaryColumn } from 'typeorm';

/** One row a request: its body as it came, durable, not yet processed. */
@Entity('inbox')
export class InboxRow {
  @PrimaryColumn({ name: 'workspace_id', type: 'integer' })
  readonly workspaceId: number;

  @PrimaryColumn({ type: 'bigint', default: () => "nextval('inbox_position'::regclass)" })
  readonly position: string;

  @Column({ name: 'source_id', type: 'integer' })
  readonly sourceId: number;

  @Column({ name: 'received_at', type: 'timestamptz' })
  readonly receivedAt: Date;

  @Column({ name: 'message_count', type: 'integer' })
  readonly messageCount: number;

  /** The type of a single call; null for a batch. */
  @Column({ type: 'text', nullable: true })
  readonly call: string | null;

  /** Indexes of messages that were refused at the door. */
  @Column({ type: 'integer', array: true, nullable: true })
  readonly refused: readonly number[] | null;

  @Column({ type: 'bytea' })
  readonly body: Buffer;

  /** W3C trace context of the request, where traces are kept. */
  @Column({ type: 'text', nullable: true })
  readonly traceparent: string | null;
}
