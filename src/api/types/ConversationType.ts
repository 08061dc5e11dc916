import { Ctx, Field, Float, Int, ObjectType } from 'type-graphql';
import type { Channel } from '../../kernel/vocabulary';
import type { Conversation } from '../../measures/conversation';
import type { ConversationStatus } from '../../measures/conversationLife';
import { maskField, maskText } from '../masking';
import { PlainField } from '../plainField';
import type { RequestContext } from '../requestContext';
import { DateTimeScalar } from '../scalars';
import { ChannelEnum } from './enums';
import { ConversationStatusEnum } from './experienceEnums';
import { SourceType, sourceOf } from './SourceType';

const MINUTE_MS = 60_000;

@ObjectType('Conversation', { description: 'A ticket, chat or call with a life of its own, put together from what the source told of it.' })
export class ConversationType {
  constructor(
    private readonly conversation: Conversation,
    private readonly masked: boolean,
  ) {}

  @PlainField(() => String)
  get externalId(): string {
    return this.masked ? maskText(this.conversation.externalId) : this.conversation.externalId;
  }

  @Field(() => SourceType, { nullable: true })
  source(@Ctx() context: RequestContext): Promise<SourceType | null> {
    return sourceOf(context, this.conversation.sourceId);
  }

  @PlainField(() => ChannelEnum)
  get channel(): Channel {
    return this.conversation.channel;
  }

  @PlainField(() => ConversationStatusEnum)
  get status(): ConversationStatus {
    return this.conversation.status;
  }

  @PlainField(() => String, { nullable: true, description: 'What it is called; masked without the scope pii:read, as on the timeline.' })
  get subject(): string | null {
    const { subject } = this.conversation;
    return subject !== null && this.masked ? (maskField('subject', subject) as string) : subject;
  }

  @PlainField(() => DateTimeScalar)
  get openedAt(): number {
    return this.conversation.openedAtMs;
  }

  @PlainField(() => Float, {
    nullable: true,
    description:
      'From the opening to the first public reply by a person of the company; null where there is none yet, or the opening is not known.',
  })
  get firstReplyMinutes(): number | null {
    return this.minutesTo(this.conversation.firstReplyAtMs);
  }

  @PlainField(() => DateTimeScalar, { nullable: true, description: 'The last time; null where it never was.' })
  get solvedAt(): number | null {
    return this.conversation.lastSolvedAtMs;
  }

  @PlainField(() => Float, { nullable: true, description: 'From the opening to the last time it was solved, in calendar time.' })
  get resolutionMinutes(): number | null {
    return this.minutesTo(this.conversation.lastSolvedAtMs);
  }

  @PlainField(() => Int)
  get reopens(): number {
    return this.conversation.reopens;
  }

  @PlainField(() => Int, { description: 'Public ones: of the customer, of agents and of bots.' })
  get messages(): number {
    return this.conversation.messages;
  }

  @PlainField(() => String, { nullable: true })
  get assignee(): string | null {
    return this.shown(this.conversation.assignee);
  }

  @PlainField(() => String, { nullable: true })
  get priority(): string | null {
    return this.shown(this.conversation.priority);
  }

  private shown(text: string | null): string | null {
    return text !== null && this.masked ? maskText(text) : text;
  }

  private minutesTo(atMs: number | null): number | null {
    return atMs === null || !this.conversation.isOpeningKnown ? null : (atMs - this.conversation.openedAtMs) / MINUTE_MS;
  }
}
