import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Json } from '../../kernel/json';

/** Where changes are delivered. */
@Entity('destination')
export class DestinationRow {
  @PrimaryColumn({ name: 'workspace_id', type: 'integer' })
  readonly workspaceId: number;

  @PrimaryColumn({ name: 'destination_id', type: 'uuid' })
  readonly destinationId: string;

  @Column({ type: 'text' })
  readonly name: string;

  @Column({ type: 'text' })
  readonly url: string;

  @Column({ type: 'text', array: true })
  readonly events: readonly string[];

  @Column({ name: 'segment_ids', type: 'uuid', array: true })
  readonly segmentIds: readonly string[];

  @Column({ name: 'friction_kinds', type: 'text', array: true })
  readonly frictionKinds: readonly string[];

  @Column({ name: 'min_severity', type: 'text', nullable: true })
  readonly minSeverity: string | null;

  /** Only customers who grant it; null: all. */
  @Column({ type: 'text', nullable: true })
  readonly purpose: string | null;

  @Column({ name: 'quiet_period_seconds', type: 'integer' })
  readonly quietPeriodSeconds: number;

  /** {current, previous, previousUntilMs}. For nobody to see. */
  @Column({ type: 'json' })
  readonly secrets: Json;

  @Column({ name: 'is_enabled', type: 'boolean' })
  readonly isEnabled: boolean;

  @Column({ name: 'disabled_reason', type: 'text', nullable: true })
  readonly disabledReason: string | null;

  @Column({ type: 'integer' })
  readonly failures: number;

  @Column({ type: 'integer' })
  readonly openings: number;

  /** Null: the circuit is closed. */
  @Column({ name: 'open_until', type: 'timestamptz', nullable: true })
  readonly openUntil: Date | null;

  @Column({ name: 'created_at', type: 'timestamptz' })
  readonly createdAt: Date;
}
