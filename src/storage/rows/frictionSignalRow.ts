import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A sign of bad experience, with the interactions that show it. */
@Entity('friction_signal')
export class FrictionSignalRow {
  @PrimaryColumn({ name: 'workspace_id', type: 'integer' })
  readonly workspaceId: number;

  @PrimaryColumn({ name: 'profile_id', type: 'uuid' })
  readonly profileId: string;

  @PrimaryColumn({ name: 'signal_key', type: 'text' })
  readonly signalKey: string;

  @Column({ type: 'text' })
  readonly kind: string;

  @Column({ type: 'text' })
  readonly severity: string;

  @Column({ type: 'smallint' })
  readonly department: number;

  @Column({ type: 'smallint' })
  readonly channel: number;

  @Column({ name: 'detected_at', type: 'timestamptz' })
  readonly detectedAt: Date;

  @Column({ name: 'resolved_at', type: 'timestamptz', nullable: true })
  readonly resolvedAt: Date | null;

  @Column({ type: 'text' })
  readonly message: string;

  @Column({ type: 'uuid', array: true })
  readonly evidence: readonly string[];

  @Column({ name: 'previous_at', type: 'timestamptz', nullable: true })
  readonly previousAt: Date | null;

  @Column({ name: 'previous_in_channel_at', type: 'timestamptz', nullable: true })
  readonly previousInChannelAt: Date | null;

  @Column({ name: 'previous_of_any_at', type: 'timestamptz', nullable: true })
  readonly previousOfAnyAt: Date | null;
}
