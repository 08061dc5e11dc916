import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Json } from '../../kernel/json';

/** A message that was refused, as it came, and why. */
@Entity('dead_letter')
export class DeadLetterRow {
  @PrimaryColumn({ name: 'workspace_id', type: 'integer' })
  readonly workspaceId: number;

  @PrimaryColumn({ name: 'dead_letter_id', type: 'uuid' })
  readonly deadLetterId: string;

  @Column({ type: 'timestamptz' })
  readonly at: Date;

  @Column({ type: 'text' })
  readonly code: string;

  @Column({ type: 'text' })
  readonly reason: string;

  @Column({ name: 'source_id', type: 'integer' })
  readonly sourceId: number;

  @Column({ type: 'json' })
  readonly message: Json;
}
