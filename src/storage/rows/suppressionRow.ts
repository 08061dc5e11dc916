import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Identifiers whose profile is stored but delivered nowhere. */
@Entity('suppression')
export class SuppressionRow {
  @PrimaryColumn({ name: 'workspace_id', type: 'integer' })
  readonly workspaceId: number;

  @PrimaryColumn({ name: 'identifier_id', type: 'bigint' })
  readonly identifierId: string;

  @Column({ type: 'timestamptz' })
  readonly at: Date;

  @Column({ type: 'text' })
  readonly actor: string;

  @Column({ type: 'text', nullable: true })
  readonly reason: string | null;
}
