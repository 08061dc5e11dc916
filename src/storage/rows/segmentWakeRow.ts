import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What may change a membership of a profile next: time, and events. */
@Entity('segment_wake')
export class SegmentWakeRow {
  @PrimaryColumn({ name: 'workspace_id', type: 'integer' })
  readonly workspaceId: number;

  @PrimaryColumn({ name: 'profile_id', type: 'uuid' })
  readonly profileId: string;

  /** When time alone may, at the earliest; infinity: never. */
  @Column({ name: 'wake_at', type: 'timestamptz' })
  readonly wakeAt: Date;

  /** The tracked events of which more may before that. Null: whatever happens may. */
  @Column({ name: 'heeded_event_ids', type: 'integer', array: true, nullable: true })
  readonly heededEventIds: readonly number[] | null;

  /** Of the definitions that this is told by. */
  @Column({ name: 'heeded_version', type: 'text', nullable: true })
  readonly heededVersion: string | null;
}
