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

  @Column({ type: 'integer' })
  readonly reopens: number;

  @Column({ name: 'company_replies', type: 'integer' })
  readonly companyReplies: number;

  @Column({ name: 'first_reply_ms', type: 'bigint', nullable: true })
  readonly firstReplyMs: string | null;

  @Column({ name: 'business_first_reply_ms', type: 'bigint', nullable: true })
  readonly businessFirstReplyMs: string | null;

  @Column({ name: 'first_resolution_ms', type: 'bigint', nullable: true })
  readonly firstResolutionMs: string | null;

  @Column({ name: 'full_resolution_ms', type: 'bigint', nullable: true })
  readonly fullResolutionMs: string | null;

  @Column({ name: 'business_resolution_ms', type: 'bigint', nullable: true })
  readonly businessResolutionMs: string | null;

  @Column({ name: 'requester_wait_ms', type: 'bigint' })
  readonly requesterWaitMs: string;

  @Column({ name: 'agent_wait_ms', type: 'bigint' })
  readonly agentWaitMs: string;

  @Column({ name: 'is_one_touch', type: 'boolean' })
  readonly isOneTouch: boolean;

  @Column({ name: 'is_repeat_contact', type: 'boolean' })
  readonly isRepeatContact: boolean;

  @Column({ name: 'internal_rating', type: 'double precision', nullable: true })
  readonly internalRating: number | null;
}
