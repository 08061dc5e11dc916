import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Json } from '../../kernel/json';

/** A trait counted from interactions. */
@Entity('computed_trait')
export class ComputedTraitRow {
  @PrimaryColumn({ name: 'workspace_id', type: 'integer' })
  readonly workspaceId: number;

  @PrimaryColumn({ type: 'text' })
  readonly key: string;

  @Column({ type: 'text' })
  readonly name: string;

  @Column({ type: 'json' })
  readonly definition: Json;

  @Column({ name: 'tracked_event_id', type: 'integer' })
  readonly trackedEventId: number;

  @Column({ name: 'created_at', type: 'timestamptz' })
  readonly createdAt: Date;
}
