import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { JsonObject } from '../../kernel/json';

/** One customer; ids never die, a merged one points to its survivor. */
@Entity('profile')
export class ProfileRow {
  @PrimaryColumn({ name: 'workspace_id', type: 'integer' })
  readonly workspaceId: number;

  @PrimaryColumn({ name: 'profile_id', type: 'uuid' })
  readonly profileId: string;

  @Column({ name: 'merged_into', type: 'uuid', nullable: true })
  readonly mergedInto: string | null;

  /** Some link of its identifiers was refused by a limit, so a change needs a replay. */
  @Column({ type: 'boolean' })
  readonly contested: boolean;

  @Column({ name: 'identifier_count', type: 'integer' })
  readonly identifierCount: number;

  @Column({ name: 'type_counts', type: 'jsonb' })
  readonly typeCounts: JsonObject;

  @Column({ name: 'first_seen_at', type: 'timestamptz' })
  readonly firstSeenAt: Date;

  @Column({ name: 'created_at', type: 'timestamptz' })
  readonly createdAt: Date;

  /** The version of the rules under which it was last resolved. */
  @Column({ name: 'rules_version', type: 'integer', default: 0 })
  readonly rulesVersion: number;
}
