import { Column, Entity, PrimaryColumn } from 'typeorm';

/** An order of a customer, with what was paid back of it. */
@Entity('customer_order')
export class CustomerOrderRow {
  @PrimaryColumn({ name: 'workspace_id', type: 'integer' })
  readonly workspaceId: number;

  @PrimaryColumn({ name: 'profile_id', type: 'uuid' })
  readonly profileId: string;

  @PrimaryColumn({ name: 'order_key', type: 'text' })
  readonly orderKey: string;

  @Column({ type: 'smallint' })
  readonly department: number;

  @Column({ type: 'smallint' })
  readonly channel: number;

  @Column({ name: 'placed_at', type: 'timestamptz' })
  readonly placedAt: Date;

  @Column({ type: 'text' })
  readonly status: string;

  @Column({ type: 'integer' })
  readonly items: number;

  @Column({ type: 'numeric' })
  readonly amount: string;

  @Column({ type: 'numeric' })
  readonly net: string;

  @Column({ type: 'text' })
  readonly currency: string;
}
