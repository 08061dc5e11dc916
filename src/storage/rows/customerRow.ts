import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A profile that has facts: where it stands in its lifecycle, and what it has brought. */
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

  @Column({ name: 'first_fact_at', type: 'timestamptz' })
  readonly firstFactAt: Date;

  @Column({ name: 'last_fact_at', type: 'timestamptz' })
  readonly lastFactAt: Date;

  @Column({ type: 'integer' })
  readonly orders: number;

  @Column({ type: 'text', nullable: true })
  readonly currency: string | null;

  @Column({ type: 'numeric', nullable: true })
  readonly net: string | null;

  @Column({ name: 'first_order_at', type: 'timestamptz', nullable: true })
  readonly firstOrderAt: Date | null;

  @Column({ name: 'last_order_at', type: 'timestamptz', nullable: true })
  readonly lastOrderAt: Date | null;

  @Column({ name: 'order_days', type: 'integer' })
  readonly orderDays: number;

  @Column({ name: 'repeat_net', type: 'numeric', nullable: true })
  readonly repeatNet: string | null;
}
