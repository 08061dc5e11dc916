import { Entity, PrimaryColumn } from 'typeorm';

/** Profiles that share a key are worth comparing; one identifier of a profile holds its keys. */
@Entity('match_key')
export class MatchKeyRow {
  @PrimaryColumn({ name: 'workspace_id', type: 'integer' })
  readonly workspaceId: number;

  @PrimaryColumn({ type: 'text' })
  readonly key: string;

  @PrimaryColumn({ name: 'identifier_id', type: 'bigint' })
  readonly identifierId: string;
}
