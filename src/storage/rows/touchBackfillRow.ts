import { Column, Entity, PrimaryColumn } from 'typeorm';

/** How far the interactions from before there were chunks of touches have been put into some. */
@Entity('touch_backfill')
export class TouchBackfillRow {
  @PrimaryColumn({ name: 'workspace_id', type: 'integer' })
  readonly workspaceId: number;

  /** They are looked at in the order of their ids, up to this one so far. */
  @Column({ name: 'looked_to', type: 'uuid', nullable: true })
  readonly lookedTo: string | null;

  @Column({ name: 'is_finished', type: 'boolean' })
  readonly isFinished: boolean;
}
