import { Column, Entity, PrimaryColumn } from 'typeorm';

/** How far what is older than is kept has been taken out. */
@Entity('retention_progress')
export class RetentionProgressRow {
  @PrimaryColumn({ name: 'workspace_id', type: 'integer' })
  readonly workspaceId: number;

  @Column({ name: 'looked_to', type: 'bigint' })
  readonly lookedTo: string;

  @Column({ name: 'round_ended_at', type: 'timestamptz', nullable: true })
  readonly roundEndedAt: Date | null;
}
