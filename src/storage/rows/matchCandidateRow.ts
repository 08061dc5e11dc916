import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Two profiles that may be one customer, by an identifier of each. */
@Entity('match_candidate')
export class MatchCandidateRow {
  @PrimaryColumn({ name: 'workspace_id', type: 'integer' })
  readonly workspaceId: number;

  @PrimaryColumn({ name: 'candidate_id', type: 'uuid' })
  readonly candidateId: string;

  @Column({ name: 'low_id', type: 'bigint' })
  readonly lowId: string;

  @Column({ name: 'high_id', type: 'bigint' })
  readonly highId: string;

  /** Log2 of the odds. */
  @Column({ type: 'double precision' })
  readonly weight: number;

  @Column({ type: 'double precision' })
  readonly probability: number;

  /** Field by field: field, left, right, level, matchWeight; left is the profile of low_id. */
  @Column({ type: 'json' })
  readonly comparisons: object;

  /** PENDING, ACCEPTED or REJECTED; one that was accepted is rejected once its decision is revoked. */
  @Column({ type: 'text' })
  readonly status: string;

  @Column({ name: 'created_at', type: 'timestamptz' })
  readonly createdAt: Date;

  @Column({ name: 'decided_at', type: 'timestamptz', nullable: true })
  readonly decidedAt: Date | null;

  @Column({ name: 'decided_by', type: 'text', nullable: true })
  readonly decidedBy: string | null;

  /** The JOIN that accepted it. */
  @Column({ name: 'decision_id', type: 'uuid', nullable: true })
  readonly decisionId: string | null;
}
