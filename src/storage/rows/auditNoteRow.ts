import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Json } from '../../kernel/json';

/** What an entry of the audit log says in free words and values, until it is forgotten. */
@Entity('audit_note')
export class AuditNoteRow {
  @PrimaryColumn({ name: 'workspace_id', type: 'integer' })
  readonly workspaceId: number;

  @PrimaryColumn({ name: 'audit_id', type: 'uuid' })
  readonly auditId: string;

  @Column({ type: 'uuid' })
  readonly salt: string;

  @Column({ type: 'json' })
  readonly note: Json;
}
