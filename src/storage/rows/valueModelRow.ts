import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Models of customers' value as fitted last, with the cuts of their RFM scores. */
@Entity('value_model')
export class ValueModelRow {
  @PrimaryColumn({ name: 'workspace_id', type: 'integer' })
  readonly workspaceId: number;

  @Column({ name: 'fitted_at', type: 'timestamptz' })
  readonly fittedAt: Date;

  @Column({ type: 'integer' })
  readonly customers: number;

  @Column({ type: 'json' })
  readonly model: object;
}
