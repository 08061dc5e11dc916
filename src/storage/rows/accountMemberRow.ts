import { Column, Entity, PrimaryColumn } from 'typeorm';

/** An identifier that a group call put into an account. */
@Entity('account_member')
export class AccountMemberRow {
  @PrimaryColumn({ name: 'workspace_id', type: 'integer' })
  readonly workspaceId: number;

  @PrimaryColumn({ name: 'identifier_id', type: 'bigint' })
  readonly identifierId: string;

  @PrimaryColumn({ name: 'account_id', type: 'uuid' })
  readonly accountId: string;

  @Column({ name: 'first_seen_at', type: 'timestamptz' })
  readonly firstSeenAt: Date;

  @Column({ name: 'last_seen_at', type: 'timestamptz' })
  readonly lastSeenAt: Date;
}
