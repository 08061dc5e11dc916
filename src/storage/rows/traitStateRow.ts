import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Json } from '../../kernel/json';

/** The traits said of one identifier, with their provenance. */
@Entity('trait_state')
export class TraitStateRow {
  @PrimaryColumn({ name: 'workspace_id', type: 'integer' })
  readonly workspaceId: number;

  @PrimaryColumn({ name: 'identifier_id', type: 'bigint' })
  readonly identifierId: string;

  @Column({ type: 'json' })
  readonly traits: Json;
}
