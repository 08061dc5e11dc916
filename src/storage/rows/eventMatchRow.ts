import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Json } from '../../kernel/json';

/** An interaction that a tracked event is about, once more by its identifier; immutable. */
@Entity('event_match')
export class EventMatchRow {
  @PrimaryColumn({ name: 'workspace_id', type: 'integer' })
  readonly workspaceId: number;

  @PrimaryColumn({ name: 'identifier_id', type: 'bigint' })
  readonly identifierId: string;

  @PrimaryColumn({ name: 'tracked_event_id', type: 'integer' })
  readonly trackedEventId: number;

  @PrimaryColumn({ name: 'occurred_at', type: 'timestamptz' })
  readonly occurredAt: Date;

  @PrimaryColumn({ name: 'interaction_id', type: 'uuid' })
  readonly interactionId: string;

  /** Of the property that the tracked event notes; null where it notes none or there is none. */
  @Column({ type: 'json', nullable: true })
  readonly value: Json | null;
}
