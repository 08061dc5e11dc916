import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Json } from '../../kernel/json';

/** A company or household, from group calls; its id is named by the external id. */
@Entity('account')
export class AccountRow {
  @PrimaryColumn({ name: 'workspace_id', type: 'integer' })
  readonly workspaceId: number;

  @PrimaryColumn({ name: 'account_id', type: 'uuid' })
  readonly accountId: string;

  @Column({ name: 'external_id', type: 'text' })
  readonly externalId: string;

  @Column({ type: 'json' })
  readonly traits: Json;

  @Column({ name: 'first_seen_at', type: 'timestamptz' })
  readonly firstSeenAt: Date;

  @Column({ name: 'last_seen_at', type: 'timestamptz' })
  readonly lastSeenAt: Date;
}
