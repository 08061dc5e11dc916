import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A profile that has facts: where it stands in its lifecycle, when it was a customer, and what it has brought. */
@Entity('customer')
export class CustomerRow {
  @PrimaryColumn({ name: 'workspace_id', type: 'integer' })
  readonly workspaceId: number;

  @PrimaryColumn({ name: 'profile_id', type: 'uuid' })
  readonly profileId: string;

  @Column({ type: 'text' })
  readonly stage: string;

  @Column({ type: 'text', array: true })
  readonly stages: readonly string[];

  @Column({ name: 'stages_at', type: 'timestamptz', array: true })
  readonly stagesAt: readonly Date[];

  @Column({ name: 'customer_from', type: 'timestamptz', array: true })
  readonly customerFrom: readonly Date[];

  @Column({ name: 'customer_to', type: 'timestamptz', array: true })
  readonly customerTo: readonly Date[];

  @Column({ type: 'integer' })
  readonly orders: number;

  @Column({ type: 'text' })
  readonly currency: string;

  @Column({ type: 'numeric', nullable: true })
  readonly revenue: string | null;

  @Column({ name: 'last_order_at', type: 'timestamptz', nullable: true })
  readonly lastOrderAt: Date | null;

  @Column({ name: 'order_days', type: 'integer', array: true })
  readonly orderDays: readonly number[];

  @Column({ name: 'day_values', type: 'numeric', array: true })
  readonly dayValues: readonly (string | null)[];
}
