import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { JsonObject } from '../../kernel/json';

/** One tenant. */
@Entity('workspace')
export class WorkspaceRow {
  @PrimaryColumn({ name: 'workspace_id', type: 'integer', generated: 'identity', generatedIdentity: 'ALWAYS' })
  readonly workspaceId: number;

  @Column({ type: 'text' })
  readonly name: string;

  @Column({ name: 'default_country', type: 'text', default: () => "'US'" })
  readonly defaultCountry: string;

  @Column({ type: 'jsonb', default: () => "'{}'" })
  readonly settings: JsonObject;

  @Column({ name: 'created_at', type: 'timestamptz' })
  readonly createdAt: Date;
}
