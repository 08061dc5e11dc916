import { Column, Entity, PrimaryColumn, PrimaryGeneratedColumn } from 'typeorm';
import type { Json } from '../../kernel/json';

/** What one batch, decision or evaluation changed; kept for a minute after it was followed. */
@Entity('change_note')
export class ChangeNoteRow {
  @PrimaryColumn({ name: 'workspace_id', type: 'integer' })
  readonly workspaceId: number;

  @PrimaryGeneratedColumn('identity', { name: 'note_id', type: 'bigint', generatedIdentity: 'ALWAYS' })
  readonly noteId: string;

  /** Read in the order of this, up to the oldest that still runs, and none is missed. */
  @Column({ name: 'transaction_id', type: 'bigint', default: () => '((pg_current_xact_id())::text)::bigint' })
  readonly transactionId: string;

  @Column({ type: 'timestamptz' })
  readonly at: Date;

  /** Profiles that have new interactions, traits or identifiers. */
  @Column({ name: 'profile_ids', type: 'uuid', array: true })
  readonly profileIds: readonly string[];

  /** Those of them, and others, whose memberships may be others now. */
  @Column({ name: 'due_ids', type: 'uuid', array: true })
  readonly dueIds: readonly string[];

  /** Once for each tracked event that one of those due did, of whom nothing else is new, in one order with `doneEventIds`. Null: nobody. */
  @Column({ name: 'doer_ids', type: 'uuid', array: true, nullable: true })
  readonly doerIds: readonly string[] | null;

  @Column({ name: 'done_event_ids', type: 'integer', array: true, nullable: true })
  readonly doneEventIds: readonly number[] | null;

  /** Merges, partings and consents, as changes to be told: [{type, profileId, data}]. Null: none. */
  @Column({ type: 'json', nullable: true })
  readonly events: Json | null;

  @Column({ name: 'is_followed', type: 'boolean', default: false })
  readonly isFollowed: boolean;
}
