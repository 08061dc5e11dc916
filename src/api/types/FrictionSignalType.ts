import { Field, ID, ObjectType } from 'type-graphql';
import type { Channel, Department } from '../../kernel/vocabulary';
import type { FrictionKind, FrictionSignal, Severity } from '../../measures/friction/signal';
import type { Suggestion } from '../../measures/suggestions';
import { maskLine } from '../masking';
import { PlainField } from '../plainField';
import { DateTimeScalar } from '../scalars';
import { ChannelEnum, DepartmentEnum } from './enums';
import { FrictionKindEnum, SeverityEnum } from './experienceEnums';
import { InteractionType } from './InteractionType';
import { ProfileType } from './ProfileType';

/** The interactions that these ids name, of the customer concerned. */
export type EvidenceOf = (interactionIds: readonly string[]) => Promise<readonly InteractionType[]>;

@ObjectType('FrictionSignal', { description: 'A sign of bad experience found in the timeline, with the interactions behind it.' })
export class FrictionSignalType {
  constructor(
    private readonly signal: FrictionSignal,
    private readonly customer: { readonly profile: ProfileType; readonly masked: boolean; readonly evidenceOf: EvidenceOf },
  ) {}

  get key(): string {
    return this.signal.key;
  }

  @PlainField(() => ID, { description: 'The same sign found again has the same id.' })
  get id(): string {
    return Buffer.from(this.signal.key).toString('base64url');
  }

  @PlainField(() => FrictionKindEnum)
  get kind(): FrictionKind {
    return this.signal.kind;
  }

  @PlainField(() => SeverityEnum)
  get severity(): Severity {
    return this.signal.severity;
  }

  @PlainField(() => DateTimeScalar)
  get detectedAt(): number {
    return this.signal.detectedAtMs;
  }

  @PlainField(() => DateTimeScalar, { nullable: true, description: 'When it ended; null while it lasts.' })
  get resolvedAt(): number | null {
    return this.signal.resolvedAtMs;
  }

  @PlainField(() => DepartmentEnum)
  get department(): Department {
    return this.signal.department;
  }

  @PlainField(() => ChannelEnum)
  get channel(): Channel {
    return this.signal.channel;
  }

  @PlainField(() => String, { description: 'One line a person can read.' })
  get message(): string {
    return this.customer.masked ? maskLine(this.signal.message) : this.signal.message;
  }

  @Field(() => ProfileType)
  profile(): Promise<ProfileType> {
    return Promise.resolve(this.customer.profile);
  }

  @Field(() => [InteractionType], { description: 'Oldest first, at least one.' })
  evidence(): Promise<readonly InteractionType[]> {
    return this.customer.evidenceOf(this.signal.evidence);
  }
}

@ObjectType('Suggestion', { description: 'What to do next for this customer.' })
export class SuggestionType {
  constructor(
    private readonly suggestion: Suggestion,
    private readonly customer: { readonly masked: boolean; readonly evidenceOf: EvidenceOf },
  ) {}

  @PlainField(() => String, { description: 'What to do, such as CALL_BACK.' })
  get kind(): string {
    return this.suggestion.kind;
  }

  @PlainField(() => String, { description: 'The friction or milestone that it comes from, such as ABANDONED_CALL.' })
  get rule(): string {
    return this.suggestion.rule;
  }

  @PlainField(() => String)
  get text(): string {
    return this.customer.masked ? maskLine(this.suggestion.text) : this.suggestion.text;
  }

  @Field(() => [InteractionType])
  evidence(): Promise<readonly InteractionType[]> {
    return this.customer.evidenceOf(this.suggestion.evidence);
  }
}
