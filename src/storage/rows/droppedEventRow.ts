import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A tracked event that nobody asks about any more and that may have matches left. */
@Entity('dropped_event')
export class DroppedEventRow {
  @PrimaryColumn({ name: 'workspace_id', type: 'integer' })
  readonly workspaceId: number;

  @PrimaryColumn({ name: 'tracked_event_id', type: 'integer' })
  readonly trackedEventId: number;

  /** Matches go in the order of their identifiers, up to this one so far. */
  @Column({ name: 'swept_to', type: 'bigint', nullable: true })
  readonly sweptTo: string | null;
}
