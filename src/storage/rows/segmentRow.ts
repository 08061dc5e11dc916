import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Json } from '../../kernel/json';

/** A rule over profiles. */
@Entity('segment')
export class SegmentRow {
  @PrimaryColumn({ name: 'workspace_id', type: 'integer' })
  readonly workspaceId: number;

  @PrimaryColumn({ name: 'segment_id', type: 'uuid' })
  readonly segmentId: string;

  @Column({ type: 'text' })
  readonly key: string;

  @Column({ type: 'text' })
  readonly name: string;

  @Column({ type: 'text', nullable: true })
  readonly description: string | null;

  @Column({ type: 'json' })
  readonly definition: Json;

  /** COMPUTING, LIVE or FAILED. */
  @Column({ type: 'text' })
  readonly status: string;

  @Column({ type: 'text', nullable: true })
  readonly failure: string | null;

  /** How many memberships there are. */
  @Column({ type: 'integer' })
  readonly size: number;

  /** The first computation goes through the profiles in the order of their ids, up to this one so far. */
  @Column({ name: 'computed_to', type: 'uuid', nullable: true })
  readonly computedTo: string | null;

  /** While it is computed: it was computed before by another definition, so that some may have to leave. */
  @Column({ name: 'is_revised', type: 'boolean', default: false })
  readonly isRevised: boolean;

  @Column({ name: 'created_at', type: 'timestamptz' })
  readonly createdAt: Date;

  @Column({ name: 'updated_at', type: 'timestamptz' })
  readonly updatedAt: Date;
}
