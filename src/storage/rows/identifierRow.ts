import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A normalised identifier, the profile it resolves to now, and what was counted on it. */
@Entity('identifier')
export class IdentifierRow {
  @PrimaryColumn({ name: 'workspace_id', type: 'integer' })
  readonly workspaceId: number;

  /** A 64-bit hash of type and value; the value is stored and compared. */
  @PrimaryColumn({ name: 'identifier_id', type: 'bigint' })
  readonly identifierId: string;

  @Column({ name: 'profile_id', type: 'uuid' })
  readonly profileId: string;

  /** The profile founded when it was first seen; that id comes back when it parts. */
  @Column({ name: 'home_profile_id', type: 'uuid', nullable: true })
  readonly homeProfileId: string | null;

  @Column({ name: 'first_seen_at', type: 'timestamptz' })
  readonly firstSeenAt: Date;

  @Column({ name: 'last_seen_at', type: 'timestamptz' })
  readonly lastSeenAt: Date;

  @Column({ type: 'bigint' })
  readonly interactions: string;

  @Column({ name: 'source_id', type: 'integer' })
  readonly sourceId: number;

  /** Distinct identifiers of stronger types it was linked to; beyond the limit it is a hub. */
  @Column({ name: 'stronger_links', type: 'integer' })
  readonly strongerLinks: number;

  @Column({ type: 'boolean' })
  readonly verified: boolean;

  @Column({ type: 'text' })
  readonly type: string;

  @Column({ type: 'text' })
  readonly value: string;

  /** When the batch it first came with was written; null for those from before this was noted. */
  @Column({ name: 'created_at', type: 'timestamptz', nullable: true })
  readonly createdAt: Date | null;
}
