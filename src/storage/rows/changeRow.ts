import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Json } from '../../kernel/json';

/** What subscribers and destinations are told, written with what it tells of; ids and nothing personal. Kept for some hours. */
@Entity('change')
export class ChangeRow {
  @PrimaryColumn({ name: 'workspace_id', type: 'integer' })
  readonly workspaceId: number;

  @PrimaryColumn({ name: 'change_id', type: 'uuid' })
  readonly changeId: string;

  /** Read in the order of this, up to the oldest that still runs, and none is missed. */
  @Column({ name: 'transaction_id', type: 'bigint', default: () => '((pg_current_xact_id())::text)::bigint' })
  readonly transactionId: string;

  @Column({ type: 'text' })
  readonly type: string;

  @Column({ name: 'profile_id', type: 'uuid' })
  readonly profileId: string;

  @Column({ type: 'timestamptz' })
  readonly at: Date;

  @Column({ name: 'segment_id', type: 'uuid', nullable: true })
  readonly segmentId: string | null;

  @Column({ name: 'friction_kind', type: 'text', nullable: true })
  readonly frictionKind: string | null;

  @Column({ type: 'json' })
  readonly data: Json;
}
