import { Column, Entity, PrimaryColumn } from 'typeorm';

/** By which model a workspace's profiles are compared, and how far all of them have been under it. */
@Entity('match_model')
export class MatchModelRow {
  @PrimaryColumn({ name: 'workspace_id', type: 'integer' })
  readonly workspaceId: number;

  /** Null, as the model, as long as there are too few profiles to learn from. */
  @Column({ name: 'trained_at', type: 'timestamptz', nullable: true })
  readonly trainedAt: Date | null;

  /** How many there were when it was trained. */
  @Column({ type: 'bigint' })
  readonly profiles: string;

  /** As `writeModel` has it. */
  @Column({ type: 'json', nullable: true })
  readonly model: object | null;

  /** Sources of which two profiles were measured to be two people. */
  @Column({ name: 'sole_sources', type: 'integer', array: true, default: () => "'{}'::integer[]" })
  readonly soleSources: readonly number[];

  /** All profiles are compared once in the order of their ids, up to this one so far. */
  @Column({ name: 'examined_to', type: 'uuid', nullable: true })
  readonly examinedTo: string | null;

  @Column({ name: 'is_examined', type: 'boolean' })
  readonly isExamined: boolean;

  /** Counts the steps of comparing. */
  @Column({ type: 'bigint' })
  readonly steps: string;
}
