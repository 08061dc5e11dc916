import { Column, Entity, PrimaryColumn } from 'typeorm';

/** How far all profiles have been marked to be evaluated. */
@Entity('experience_progress')
export class ExperienceProgressRow {
  @PrimaryColumn({ name: 'workspace_id', type: 'integer' })
  readonly workspaceId: number;

  @Column({ name: 'marked_to', type: 'uuid', nullable: true })
  readonly markedTo: string | null;

  @Column({ name: 'is_marked', type: 'boolean' })
  readonly isMarked: boolean;

  @Column({ type: 'bigint' })
  readonly steps: string;
}
