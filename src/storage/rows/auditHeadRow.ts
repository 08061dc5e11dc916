import { Column, Entity, PrimaryColumn } from 'typeorm';

/** How many entries of the audit log are sealed, and the hash of the last one. */
@Entity('audit_head')
export class AuditHeadRow {
  @PrimaryColumn({ name: 'workspace_id', type: 'integer' })
  readonly workspaceId: number;

  @Column({ type: 'bigint' })
  readonly sealed: string;

  @Column({ type: 'bytea' })
  readonly hash: Buffer;
}
