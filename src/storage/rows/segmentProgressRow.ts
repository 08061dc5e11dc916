import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Its row is the lock of who follows the changes of a workspace. */
@Entity('segment_progress')
export class SegmentProgressRow {
  @PrimaryColumn({ name: 'workspace_id', type: 'integer' })
  readonly workspaceId: number;

  @Column({ type: 'bigint' })
  readonly steps: string;

  /** Those of them that told what profiles heed; fewer where a version of the program that doesn't took steps. */
  @Column({ name: 'heeding_steps', type: 'bigint', default: 0 })
  readonly heedingSteps: string;

  /** Rises with every change of a segment's definition or status, a computed trait or what is tracked. */
  @Column({ type: 'bigint', default: 0 })
  readonly generation: string;
}
