import { Ctx, Field, Float, Int, ObjectType } from 'type-graphql';
import { PlainField } from '../plainField';
import type { IngestionRecord, RuleChangeRecord } from '../ports/ingestionStore';
import type { RequestContext } from '../requestContext';
import { DateTimeScalar } from '../scalars';

/** The rate is an average that ends with the last batch; after this long without one it says nothing any more. */
const RATE_HOLDS_MS = 10_000;

@ObjectType('RuleChange', { description: 'How far profiles have been resolved anew since the identity rules were changed last.' })
export class RuleChangeType {
  constructor(private readonly record: RuleChangeRecord) {}

  @PlainField(() => DateTimeScalar)
  get startedAt(): number {
    return this.record.startedAtMs;
  }

  @PlainField(() => Int)
  get profilesExamined(): number {
    return Math.min(this.record.profilesExamined, this.record.profilesTotal);
  }

  @PlainField(() => Int)
  get profilesTotal(): number {
    return this.record.profilesTotal;
  }

  @PlainField(() => DateTimeScalar, { nullable: true, description: 'From then on every profile is as if the rules had always stood.' })
  get finishedAt(): number | null {
    return this.record.finishedAtMs;
  }
}

@ObjectType('IngestionStatus')
export class IngestionStatusType {
  constructor(
    private readonly record: IngestionRecord,
    private readonly nowMs: number,
  ) {}

  @PlainField(() => String, { description: 'Messages accepted, a decimal number.' })
  get received(): string {
    return String(this.record.processed + this.record.waiting);
  }

  @PlainField(() => String, { description: 'Messages processed, a decimal number.' })
  get processed(): string {
    return String(this.record.processed);
  }

  @PlainField(() => Float, { description: 'How long the oldest message that is not processed has waited; 0 where none waits.' })
  get lagMillis(): number {
    return this.record.oldestWaitingAtMs === null ? 0 : Math.max(0, this.nowMs - this.record.oldestWaitingAtMs);
  }

  @Field(() => Int)
  deadLetters(@Ctx() context: RequestContext): Promise<number> {
    return context.ports.ingestion.countDeadLetters(context.access.workspaceId);
  }

  @PlainField(() => Float)
  get eventsPerSecond(): number {
    const { updatedAtMs, messagesPerSecond } = this.record;
    return updatedAtMs !== null && this.nowMs - updatedAtMs < RATE_HOLDS_MS ? messagesPerSecond : 0;
  }

  @PlainField(() => RuleChangeType, { nullable: true, description: 'Null where the identity rules were never changed.' })
  get ruleChange(): RuleChangeType | null {
    return this.record.ruleChange && new RuleChangeType(this.record.ruleChange);
  }
}
