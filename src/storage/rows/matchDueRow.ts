import { Column, Entity, PrimaryColumn } from 'typeorm';

/** An identifier whose profile is new or says something else, and is to be compared. */
@Entity('match_due')
export class MatchDueRow {
  @PrimaryColumn({ name: 'workspace_id', type: 'integer' })
  readonly workspaceId: number;

  @PrimaryColumn({ name: 'identifier_id', type: 'bigint' })
  readonly identifierId: string;

  /** Of the lane, when it was last changed. */
  @Column({ type: 'bigint' })
  readonly generation: string;
}
