import { Column, Entity, PrimaryColumn } from 'typeorm';

/** The last change of a workspace's identity rules, and how far its profiles have been resolved anew. */
@Entity('rule_change')
export class RuleChangeRow {
  @PrimaryColumn({ name: 'workspace_id', type: 'integer' })
  readonly workspaceId: number;

  /** Counts the changes; profiles bear the version they were last resolved under. */
  @Column({ type: 'integer' })
  readonly version: number;

  /** LIMITED: only profiles that meet a limit may be others now; ANY: each may. */
  @Column({ type: 'text' })
  readonly reach: string;

  @Column({ name: 'started_at', type: 'timestamptz' })
  readonly startedAt: Date;

  @Column({ name: 'finished_at', type: 'timestamptz', nullable: true })
  readonly finishedAt: Date | null;

  /** Profiles are looked at in the order of their ids, up to this one so far. */
  @Column({ name: 'resolved_to', type: 'uuid', nullable: true })
  readonly resolvedTo: string | null;

  /** How often it has begun with the first profile. */
  @Column({ type: 'integer' })
  readonly round: number;

  @Column({ name: 'is_clean_round', type: 'boolean' })
  readonly isCleanRound: boolean;

  @Column({ name: 'profiles_examined', type: 'bigint' })
  readonly profilesExamined: string;

  @Column({ name: 'profiles_total', type: 'bigint' })
  readonly profilesTotal: string;
}
