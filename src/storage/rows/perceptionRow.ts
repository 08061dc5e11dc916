import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What the company or a customer says of one department, on 0 to 100. */
@Entity('perception')
export class PerceptionRow {
  @PrimaryColumn({ name: 'workspace_id', type: 'integer' })
  readonly workspaceId: number;

  @PrimaryColumn({ name: 'profile_id', type: 'uuid' })
  readonly profileId: string;

  @PrimaryColumn({ type: 'integer' })
  readonly ordinal: number;

  @Column({ type: 'smallint' })
  readonly department: number;

  @Column({ name: 'is_internal', type: 'boolean' })
  readonly isInternal: boolean;

  @Column({ type: 'double precision' })
  readonly score: number;

  @Column({ type: 'timestamptz' })
  readonly at: Date;
}
