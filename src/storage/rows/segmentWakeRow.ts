import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What may change a membership of a profile next, time and events, and what it is in now. */
@Entity('segment_wake')
export class SegmentWakeRow {
  @PrimaryColumn({ name: 'workspace_id', type: 'integer' })
  readonly workspaceId: number;

  @PrimaryColumn({ name: 'profile_id', type: 'uuid' })
  readonly profileId: string;

  /** When time alone may, at the earliest; infinity: never. */
  @Column({ name: 'wake_at', type: 'timestamptz' })
  readonly wakeAt: Date;

  /** The tracked events of which more may before that. Null: not known, so whatever happens may. */
  @Column({ name: 'heeded_event_ids', type: 'integer', array: true, nullable: true })
  readonly heededEventIds: readonly number[] | null;

  /** The live segments that it is in: two bytes of its place among the segments of that version, four of a checksum of the reason, each. */
  @Column({ type: 'bytea', nullable: true })
  readonly places: Buffer | null;

  /** The version of the definitions that `heededEventIds` and `places` are of. Null: neither is known. */
  @Column({ name: 'told_by', type: 'text', nullable: true })
  readonly toldBy: string | null;
}
