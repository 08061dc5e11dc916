import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A subscription of a customer and what it brings a month, step by step. */
@Entity('subscription')
export class SubscriptionRow {
  @PrimaryColumn({ name: 'workspace_id', type: 'integer' })
  readonly workspaceId: number;

  @PrimaryColumn({ name: 'profile_id', type: 'uuid' })
  readonly profileId: string;

  @PrimaryColumn({ name: 'subscription_key', type: 'text' })
  readonly subscriptionKey: string;

  @Column({ name: 'started_at', type: 'timestamptz' })
  readonly startedAt: Date;

  @Column({ name: 'cancelled_at', type: 'timestamptz', nullable: true })
  readonly cancelledAt: Date | null;

  @Column({ name: 'runs_from', type: 'timestamptz', array: true })
  readonly runsFrom: readonly Date[];

  @Column({ name: 'runs_to', type: 'timestamptz', array: true })
  readonly runsTo: readonly Date[];

  @Column({ name: 'steps_at', type: 'timestamptz', array: true })
  readonly stepsAt: readonly Date[];

  @Column({ name: 'monthly_amounts', type: 'numeric', array: true })
  readonly monthlyAmounts: readonly string[];

  @Column({ type: 'text', array: true })
  readonly currencies: readonly string[];
}
