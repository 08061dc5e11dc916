import { Column, Entity, PrimaryColumn } from 'typeorm';

/** The identifiers to erase. */
@Entity('erasure_identifier')
export class ErasureIdentifierRow {
  @PrimaryColumn({ name: 'workspace_id', type: 'integer' })
  readonly workspaceId: number;

  @PrimaryColumn({ name: 'erasure_id', type: 'uuid' })
  readonly erasureId: string;

  @PrimaryColumn({ type: 'integer' })
  readonly ordinal: number;

  @Column({ type: 'text' })
  readonly type: string;

  @Column({ type: 'text' })
  readonly value: string;

  @Column({ name: 'identifier_id', type: 'bigint', nullable: true })
  readonly identifierId: string | null;
}
