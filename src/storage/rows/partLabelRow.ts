import { Column, Entity, PrimaryColumn } from 'typeorm';

/** On which side of a PART an identifier stands. */
@Entity('part_label')
export class PartLabelRow {
  @PrimaryColumn({ name: 'workspace_id', type: 'integer' })
  readonly workspaceId: number;

  @PrimaryColumn({ name: 'identifier_id', type: 'bigint' })
  readonly identifierId: string;

  @PrimaryColumn({ name: 'decision_id', type: 'uuid' })
  readonly decisionId: string;

  @Column({ type: 'smallint' })
  readonly side: number;

  /** A later JOIN that says otherwise of this identifier; as long as it stands, the label does not. */
  @Column({ name: 'superseded_by', type: 'uuid', nullable: true })
  readonly supersededBy: string | null;
}
