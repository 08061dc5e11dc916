import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A profile that is to be evaluated, and from when on. */
@Entity('experience_due')
export class ExperienceDueRow {
  @PrimaryColumn({ name: 'workspace_id', type: 'integer' })
  readonly workspaceId: number;

  @PrimaryColumn({ name: 'profile_id', type: 'uuid' })
  readonly profileId: string;

  @Column({ name: 'due_at', type: 'timestamptz' })
  readonly dueAt: Date;

  @Column({ type: 'integer' })
  readonly marks: number;
}
