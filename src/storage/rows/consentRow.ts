import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What was said last of a purpose by an identifier; of a profile the most restrictive of its identifiers. */
@Entity('consent')
export class ConsentRow {
  @PrimaryColumn({ name: 'workspace_id', type: 'integer' })
  readonly workspaceId: number;

  @PrimaryColumn({ name: 'identifier_id', type: 'bigint' })
  readonly identifierId: string;

  @PrimaryColumn({ type: 'text' })
  readonly purpose: string;

  @Column({ type: 'boolean' })
  readonly granted: boolean;

  @Column({ type: 'timestamptz' })
  readonly at: Date;

  @Column({ name: 'message_id', type: 'text' })
  readonly messageId: string;

  @Column({ name: 'source_id', type: 'integer' })
  readonly sourceId: number;
}
