import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A ticket, chat or call of a customer, as told from the facts. */
@Entity('conversation')
export class ConversationRow {
  @PrimaryColumn({ name: 'workspace_id', type: 'integer' })
  readonly workspaceId: number;

  @PrimaryColumn({ name: 'profile_id', type: 'uuid' })
  readonly profileId: string;

  @PrimaryColumn({ name: 'conversation_key', type: 'text' })
  readonly conversationKey: string;

  @Column({ type: 'smallint' })
  readonly department: number;

  @Column({ type: 'smallint' })
  readonly channel: number;

  @Column({ type: 'text' })
  readonly status: string;

  @Column({ type: 'text', nullable: true })
  readonly topic: string | null;

  @Column({ name: 'opened_at', type: 'timestamptz' })
  readonly openedAt: Date;

  @Column({ name: 'last_solved_at', type: 'timestamptz', nullable: true })
  readonly lastSolvedAt: Date | null;

  @Column({ name: 'reopened_at', type: 'timestamptz', array: true })
  readonly reopenedAt: readonly Date[];

  @Column({ type: 'integer' })
  readonly reopens: number;

  @Column({ name: 'company_replies', type: 'integer' })
  readonly companyReplies: number;

  @Column({ name: 'was_solved', type: 'boolean' })
  readonly wasSolved: boolean;

  @Column({ name: 'is_one_touch', type: 'boolean' })
  readonly isOneTouch: boolean;

  @Column({ name: 'is_repeat_contact', type: 'boolean' })
  readonly isRepeatContact: boolean;

  @Column({ name: 'is_inbound_call', type: 'boolean' })
  readonly isInboundCall: boolean;

  @Column({ name: 'is_abandoned_call', type: 'boolean' })
  readonly isAbandonedCall: boolean;

  @Column({ name: 'first_reply_ms', type: 'bigint', nullable: true })
  readonly firstReplyMs: string | null;

  @Column({ name: 'first_reply_business_ms', type: 'bigint', nullable: true })
  readonly firstReplyBusinessMs: string | null;

  @Column({ name: 'first_resolution_ms', type: 'bigint', nullable: true })
  readonly firstResolutionMs: string | null;

  @Column({ name: 'first_resolution_business_ms', type: 'bigint', nullable: true })
  readonly firstResolutionBusinessMs: string | null;

  @Column({ name: 'full_resolution_ms', type: 'bigint', nullable: true })
  readonly fullResolutionMs: string | null;

  @Column({ name: 'full_resolution_business_ms', type: 'bigint', nullable: true })
  readonly fullResolutionBusinessMs: string | null;

  @Column({ name: 'requester_wait_ms', type: 'bigint', nullable: true })
  readonly requesterWaitMs: string | null;

  @Column({ name: 'requester_wait_business_ms', type: 'bigint', nullable: true })
  readonly requesterWaitBusinessMs: string | null;

  @Column({ name: 'agent_wait_ms', type: 'bigint', nullable: true })
  readonly agentWaitMs: string | null;

  @Column({ name: 'agent_wait_business_ms', type: 'bigint', nullable: true })
  readonly agentWaitBusinessMs: string | null;
}
