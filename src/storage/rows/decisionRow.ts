import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What somebody decided about who is one customer. */
@Entity('decision')
export class DecisionRow {
  @PrimaryColumn({ name: 'workspace_id', type: 'integer' })
  readonly workspaceId: number;

  @PrimaryColumn({ name: 'decision_id', type: 'uuid' })
  readonly decisionId: string;

  /** JOIN: the two identifiers are one customer. PART: no profile holds labels of both of its sides. */
  @Column({ type: 'text' })
  readonly kind: string;

  @Column({ name: 'decided_at', type: 'timestamptz' })
  readonly decidedAt: Date;

  @Column({ type: 'text' })
  readonly rule: string;

  @Column({ type: 'text' })
  readonly actor: string;

  @Column({ name: 'low_id', type: 'bigint', nullable: true })
  readonly lowId: string | null;

  @Column({ name: 'high_id', type: 'bigint', nullable: true })
  readonly highId: string | null;

  @Column({ type: 'double precision', nullable: true })
  readonly probability: number | null;

  @Column({ name: 'revoked_at', type: 'timestamptz', nullable: true })
  readonly revokedAt: Date | null;
}
