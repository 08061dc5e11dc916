import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Json } from '../../kernel/json';

/** A merge that happened. */
@Entity('profile_merge')
export class ProfileMergeRow {
  @PrimaryColumn({ name: 'workspace_id', type: 'integer' })
  readonly workspaceId: number;

  @PrimaryColumn({ name: 'merge_id', type: 'uuid' })
  readonly mergeId: string;

  @Column({ name: 'merged_at', type: 'timestamptz' })
  readonly mergedAt: Date;

  @Column({ type: 'text' })
  readonly rule: string;

  @Column({ type: 'text' })
  readonly actor: string;

  @Column({ name: 'survivor_id', type: 'uuid' })
  readonly survivorId: string;

  @Column({ name: 'absorbed_id', type: 'uuid' })
  readonly absorbedId: string;

  @Column({ name: 'absorbed_identifier_ids', type: 'bigint', array: true })
  readonly absorbedIdentifierIds: readonly string[];

  @Column({ type: 'json' })
  readonly evidence: Json;

  @Column({ name: 'undone_at', type: 'timestamptz', nullable: true })
  readonly undoneAt: Date | null;

  /** The join that brought it about, or made room for the link that did; null where a message alone did. */
  @Column({ name: 'decision_id', type: 'uuid', nullable: true })
  readonly decisionId: string | null;

  /** Ids that pointed to the absorbed profile; null where nobody decided the merge. */
  @Column({ name: 'repointed_ids', type: 'uuid', array: true, nullable: true })
  readonly repointedIds: readonly string[] | null;
}
