import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Json } from '../../kernel/json';

/** Interactions that some definition asks about. */
@Entity('tracked_event')
export class TrackedEventRow {
  @PrimaryColumn({ name: 'workspace_id', type: 'integer' })
  readonly workspaceId: number;

  @PrimaryColumn({ name: 'tracked_event_id', type: 'integer' })
  readonly trackedEventId: number;

  /** A digest of the spec: one row however many definitions ask. */
  @Column({ name: 'event_key', type: 'text' })
  readonly eventKey: string;

  @Column({ type: 'json' })
  readonly spec: Json;

  /** Those from before somebody asked are noted, too. */
  @Column({ name: 'is_ready', type: 'boolean' })
  readonly isReady: boolean;
}
