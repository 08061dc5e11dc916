import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Signs of friction that were told of, so that each is once, whatever becomes of profiles; kept for two days. */
@Entity('told_friction')
export class ToldFrictionRow {
  @PrimaryColumn({ name: 'workspace_id', type: 'integer' })
  readonly workspaceId: number;

  @PrimaryColumn({ name: 'signal_key', type: 'text' })
  readonly signalKey: string;

  @Column({ name: 'detected_at', type: 'timestamptz' })
  readonly detectedAt: Date;
}
