import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What an agent's search box can find: names and identifiers, in lower case. */
@Entity('search_term')
export class SearchTermRow {
  @PrimaryColumn({ name: 'workspace_id', type: 'integer' })
  readonly workspaceId: number;

  @PrimaryColumn({ name: 'identifier_id', type: 'bigint' })
  readonly identifierId: string;

  @PrimaryColumn({ type: 'text' })
  readonly field: string;

  @Column({ type: 'text' })
  readonly term: string;
}
