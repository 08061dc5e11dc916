import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Json } from '../../kernel/json';

/** Who changed and who saw what. Only ever grows. */
@Entity('audit_entry')
export class AuditEntryRow {
  @PrimaryColumn({ name: 'workspace_id', type: 'integer' })
  readonly workspaceId: number;

  @PrimaryColumn({ name: 'audit_id', type: 'uuid' })
  readonly auditId: string;

  @Column({ type: 'timestamptz' })
  readonly at: Date;

  @Column({ type: 'text' })
  readonly actor: string;

  @Column({ type: 'text' })
  readonly action: string;

  /** The public id of what it was done to. */
  @Column({ type: 'text', nullable: true })
  readonly target: string | null;

  /** Ids, counts and words of the schema; never what a customer is known by. */
  @Column({ type: 'json' })
  readonly detail: Json;

  /** SHA-256 of the salt and the text of its note; null where it came without one. */
  @Column({ name: 'note_hash', type: 'bytea', nullable: true })
  readonly noteHash: Buffer | null;

  /** From 1 without a gap in each workspace; null until it is sealed. */
  @Column({ type: 'bigint', nullable: true })
  readonly sequence: string | null;

  /** SHA-256 of target and detail as they were sealed; stays where an erasure has taken these. */
  @Column({ name: 'subject_hash', type: 'bytea', nullable: true })
  readonly subjectHash: Buffer | null;

  /** SHA-256 of the hash of the entry before, the sequence and the content. */
  @Column({ type: 'bytea', nullable: true })
  readonly hash: Buffer | null;
}
