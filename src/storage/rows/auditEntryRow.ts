import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Json } from '../../kernel/json';

/** Who changed what. */
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

  @Column({ type: 'json' })
  readonly detail: Json;
}
