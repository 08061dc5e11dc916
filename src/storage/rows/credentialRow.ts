import { Column, Entity, PrimaryColumn } from 'typeorm';

/** SHA-256 of a write key (with a source) or of an API key (with scopes). */
@Entity('credential')
export class CredentialRow {
  @PrimaryColumn({ name: 'key_hash', type: 'bytea' })
  readonly keyHash: Buffer;

  @Column({ name: 'workspace_id', type: 'integer' })
  readonly workspaceId: number;

  @Column({ name: 'credential_id', type: 'uuid' })
  readonly credentialId: string;

  @Column({ name: 'source_id', type: 'integer', nullable: true })
  readonly sourceId: number | null;

  @Column({ type: 'text' })
  readonly name: string;

  @Column({ type: 'text', array: true })
  readonly scopes: readonly string[];

  @Column({ name: 'created_at', type: 'timestamptz' })
  readonly createdAt: Date;

  @Column({ name: 'revoked_at', type: 'timestamptz', nullable: true })
  readonly revokedAt: Date | null;

  @Column({ name: 'expires_at', type: 'timestamptz', nullable: true })
  readonly expiresAt: Date | null;

  @Column({ name: 'replaced_at', type: 'timestamptz', nullable: true })
  readonly replacedAt: Date | null;

  @Column({ name: 'last_used_at', type: 'timestamptz', nullable: true })
  readonly lastUsedAt: Date | null;
}
