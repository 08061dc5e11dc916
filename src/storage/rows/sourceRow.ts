import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { JsonObject } from '../../kernel/json';

/** A connected system. */
@Entity('source')
export class SourceRow {
  @PrimaryColumn({ name: 'workspace_id', type: 'integer' })
  readonly workspaceId: number;

  @PrimaryColumn({ name: 'source_id', type: 'integer' })
  readonly sourceId: number;

  @Column({ type: 'text' })
  readonly name: string;

  @Column({ type: 'text' })
  readonly type: string;

  @Column({ type: 'smallint' })
  readonly department: number;

  @Column({ type: 'jsonb', default: () => "'{}'" })
  readonly settings: JsonObject;

  @Column({ name: 'created_at', type: 'timestamptz' })
  readonly createdAt: Date;
}
