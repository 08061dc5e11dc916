import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Json } from '../../kernel/json';

/** One change for one destination, written with the change; ids and nothing personal. Kept for 30 days. */
@Entity('delivery')
export class DeliveryRow {
  @PrimaryColumn({ name: 'workspace_id', type: 'integer' })
  readonly workspaceId: number;

  @PrimaryColumn({ name: 'destination_id', type: 'uuid' })
  readonly destinationId: string;

  @PrimaryColumn({ name: 'change_id', type: 'uuid' })
  readonly changeId: string;

  /** Those of one profile leave in the order of this. */
  @Column({ type: 'bigint', generated: 'identity', generatedIdentity: 'ALWAYS' })
  readonly position: string;

  @Column({ name: 'profile_id', type: 'uuid' })
  readonly profileId: string;

  @Column({ type: 'text' })
  readonly type: string;

  @Column({ type: 'timestamptz' })
  readonly at: Date;

  @Column({ name: 'segment_id', type: 'uuid', nullable: true })
  readonly segmentId: string | null;

  @Column({ name: 'friction_kind', type: 'text', nullable: true })
  readonly frictionKind: string | null;

  @Column({ type: 'json' })
  readonly data: Json;

  @Column({ type: 'text' })
  readonly status: string;

  @Column({ type: 'integer' })
  readonly attempts: number;

  @Column({ type: 'integer' })
  readonly tries: number;

  @Column({ name: 'next_at', type: 'timestamptz' })
  readonly nextAt: Date;

  @Column({ name: 'leased_until', type: 'timestamptz', nullable: true })
  readonly leasedUntil: Date | null;

  @Column({ name: 'give_up_at', type: 'timestamptz' })
  readonly giveUpAt: Date;

  @Column({ name: 'last_status', type: 'integer', nullable: true })
  readonly lastStatus: number | null;

  @Column({ name: 'last_error', type: 'text', nullable: true })
  readonly lastError: string | null;

  @Column({ name: 'delivered_at', type: 'timestamptz', nullable: true })
  readonly deliveredAt: Date | null;
}
