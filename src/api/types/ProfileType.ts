import { Arg, Args, Ctx, Field, ID, ObjectType } from 'type-graphql';
import { publicId } from '../../kernel/ids';
import type { Json, JsonObject } from '../../kernel/json';
import { Refusal } from '../../kernel/refusals';
import type { LifecycleStage } from '../../measures/lifecycle';
import { contactOf } from '../../profile/contactOf';
import { type ResolvedTrait, traitValues } from '../../profile/survivorship';
import { displayNameOf, languageOf } from '../../profile/wellKnownTraits';
import { computedTraitsOf } from '../computedTraitsOf';
import { consentsOf } from '../consentsOf';
import { CustomerView } from '../customerView';
import { identityGraphOf } from '../identityGraphOf';
import { TimelineArgs } from '../inputs/TimelineArgs';
import { maskField, maskIdentifier } from '../masking';
import { membershipsOf } from '../membershipsOf';
import { PlainField } from '../plainField';
import type { ProfileRecord } from '../ports/profileReader';
import type { RequestContext } from '../requestContext';
import { DateTimeScalar, JsonObjectScalar } from '../scalars';
import { timelineOf } from '../timelineOf';
import { traitsOf } from '../traitsOf';
import { AccountType } from './AccountType';
import { AgentContextType } from './AgentContextType';
import { InteractionConnectionType } from './ConnectionTypes';
import { ConsentType } from './ConsentType';
import { CustomerValueType } from './CustomerValueType';
import { LifecycleStageEnum } from './experienceEnums';
import { FrictionSignalType } from './FrictionSignalType';
import { IdentifierType, identifiersOf } from './IdentifierType';
import { IdentityGraphType } from './IdentityGraphType';
import { InteractionType } from './InteractionType';
import { LifecycleStepType } from './LifecycleStepType';
import { MergeRecordType } from './MergeRecordType';
import { NodeType } from './NodeType';
import { ProfileExperienceType, profileExperienceOf } from './ProfileExperienceType';
import { SegmentMembershipType } from './SegmentMembershipType';
import { TraitType } from './TraitType';

const MAX_TRAIT_KEYS = 500;

@ObjectType('Profile', {
  implements: NodeType,
  description: 'One customer: everything known from every source, under one id that never dies.',
})
export class ProfileType extends NodeType {
  private readonly view: CustomerView;
  private resolved: readonly ResolvedTrait[] | null = null;
  private shown: JsonObject | null = null;

  constructor(
    private readonly record: ProfileRecord,
    private readonly request: RequestContext,
    /** Null: as it stands now. Else `record` is as of then (`profileAsOf`). */
    private readonly asOfMs: number | null = null,
  ) {
    super();
    request.trail.sawProfile(record.profileId);
    this.view = new CustomerView(request, record.members, asOfMs);
  }

  @PlainField(() => ID)
  get id(): string {
    return publicId('Profile', this.record.profileId);
  }

  @Field(() => [ID], { description: 'Ids of profiles that were merged into this one; they keep answering this profile.' })
  async previousIds(@Ctx() context: RequestContext): Promise<readonly string[]> {
    const ids = await context.profiles.previousIds.load(this.record.profileId);
    return ids.map((id) => publicId('Profile', id));
  }

  @PlainField(() => String, { nullable: true })
  get displayName(): string | null {
    const { members } = this.record;
    if (!this.masked) return displayNameOf(this.shownTraits(), members);
    return displayNameOf(
      this.shownTraits(),
      members.map(({ type, value }) => ({ type, value: maskIdentifier(type, value) })),
    );
  }

  @PlainField(() => String, { nullable: true })
  get email(): string | null {
    return this.contact('email');
  }

  @PlainField(() => String, { nullable: true })
  get phone(): string | null {
    return this.contact('phone');
  }

  @PlainField(() => String, { nullable: true })
  get language(): string | null {
    return languageOf(this.shownTraits());
  }

  @Field(() => JsonObjectScalar)
  traits(@Arg('keys', () => [String], { nullable: true }) keys: readonly string[] | null): JsonObject {
    const all = this.shownTraits();
    if (!keys) return all;
    if (keys.length > MAX_TRAIT_KEYS) throw new Refusal('INVALID_INPUT', `keys may hold at most ${MAX_TRAIT_KEYS} values.`);
    const chosen: Record<string, Json | undefined> = Object.create(null);
    for (const key of keys) if (Object.hasOwn(all, key)) chosen[key] = all[key];
    return chosen;
  }

  @Field(() => TraitType, { nullable: true, description: 'One field with where it came from and what lost against it.' })
  trait(@Arg('key', () => String) key: string): TraitType | null {
    const trait = this.resolvedTraits().find((candidate) => candidate.key === key);
    return trait ? new TraitType(trait, this.masked) : null;
  }

  @Field(() => JsonObjectScalar, { description: 'By their keys; one that has no value is left out.' })
  computedTraits(@Ctx() context: RequestContext): Promise<JsonObject> {
    return computedTraitsOf(context, { profileId: this.record.profileId, atMs: this.asOfMs });
  }

  @Field(() => [SegmentMembershipType], { description: 'The latest entered first. Needs the scope segments:read.' })
  segments(@Ctx() context: RequestContext): Promise<readonly SegmentMembershipType[]> {
    return membershipsOf(context, { profileId: this.record.profileId, atMs: this.asOfMs });
  }

  @Field(() => [IdentifierType])
  identifiers(@Ctx() context: RequestContext): readonly IdentifierType[] {
    return identifiersOf(context, this.record.members);
  }

  @Field(() => [AccountType])
  async accounts(@Ctx() context: RequestContext): Promise<readonly AccountType[]> {
    const lists = await Promise.all(this.record.members.map((member) => context.related.accountsOf.load(member.identifierId)));
    const distinct = new Map(lists.flat().map((account) => [account.accountId, account]));
    return [...distinct.values()].map((account) => new AccountType(account, context));
  }

  /** Times come from identifiers alone, so they go with them when profiles merge and part. */
  @PlainField(() => DateTimeScalar)
  get firstSeenAt(): number {
    return this.record.members.reduce((first, member) => Math.min(first, member.firstSeenAtMs), Number.POSITIVE_INFINITY);
  }

  @PlainField(() => DateTimeScalar)
  get lastSeenAt(): number {
    return this.record.members.reduce((last, member) => Math.max(last, member.lastSeenAtMs), Number.NEGATIVE_INFINITY);
  }

  @Field(() => InteractionConnectionType, {
    description: 'Newest first. Stable under inserts: paging never repeats or skips what stood at the first page.',
  })
  timeline(@Ctx() context: RequestContext, @Args(() => TimelineArgs) args: TimelineArgs): Promise<InteractionConnectionType> {
    return timelineOf(context, { profile: this, members: this.record.members, asOfMs: this.asOfMs }, args, args.filter ?? null);
  }

  @Field(() => AgentContextType, { description: 'What an agent needs before saying hello.' })
  context(): AgentContextType {
    return new AgentContextType(this, this.view, this.masked);
  }

  @Field(() => ProfileExperienceType)
  async experience(): Promise<ProfileExperienceType> {
    return profileExperienceOf(await this.view.experience());
  }

  @Field(() => CustomerValueType)
  value(): Promise<CustomerValueType> {
    return this.view.value();
  }

  @Field(() => LifecycleStageEnum)
  async lifecycleStage(): Promise<LifecycleStage> {
    return (await this.view.told()).lifecycle.stage;
  }

  @Field(() => [LifecycleStepType], { description: 'The stages so far, each from its time on, the oldest first.' })
  async lifecycleHistory(): Promise<readonly LifecycleStepType[]> {
    const { history } = (await this.view.told()).lifecycle;
    return history.map(({ stage, fromMs }) => ({ stage, from: fromMs }));
  }

  @Field(() => [FrictionSignalType], { description: 'Signs of bad experience, lasting and ended, the latest first.' })
  async friction(): Promise<readonly FrictionSignalType[]> {
    const { friction } = await this.view.told();
    const evidenceOf = async (ids: readonly string[]) =>
      (await this.view.recordsOf(ids)).map((record) => new InteractionType(record, this.masked, this));
    const about = { profile: this, masked: this.masked, evidenceOf };
    return [...friction.signals].reverse().map((signal) => new FrictionSignalType(signal, about));
  }

  @Field(() => [ConsentType])
  async consents(@Ctx() context: RequestContext): Promise<readonly ConsentType[]> {
    const said = await Promise.all(this.record.members.map(({ identifierId }) => context.related.consentsOf.load(identifierId)));
    return consentsOf(said.flat()).map((record) => new ConsentType(record, this.masked));
  }

  @Field(() => Boolean, { description: 'Suppressed customers are stored for support but reach no destination.' })
  async suppressed(@Ctx() context: RequestContext): Promise<boolean> {
    const members = this.record.members.map(({ identifierId }) => context.related.isSuppressed.load(identifierId));
    return (await Promise.all(members)).includes(true);
  }

  @Field(() => IdentityGraphType, { description: 'Why these identifiers are one customer: links with the evidence behind each.' })
  identityGraph(@Ctx() context: RequestContext): IdentityGraphType {
    return identityGraphOf(context, this.record);
  }

  @Field(() => [MergeRecordType])
  async merges(@Ctx() context: RequestContext): Promise<readonly MergeRecordType[]> {
    const records = await context.related.merges.load(this.record.profileId);
    return records.map((record) => new MergeRecordType(record));
  }

  private get masked(): boolean {
    return !this.request.access.seesPersonal;
  }

  private contact(type: 'email' | 'phone'): string | null {
    const values = traitValues(this.resolvedTraits().filter((trait) => trait.key === type));
    const contact = contactOf(type, values, this.record.members, this.request.settings.defaultCountry);
    return contact !== null && this.masked ? maskIdentifier(type, contact) : contact;
  }

  private resolvedTraits(): readonly ResolvedTrait[] {
    this.resolved ??= traitsOf(this.record, this.request.settings.survivorship);
    return this.resolved;
  }

  /** As this key may see them. */
  private shownTraits(): JsonObject {
    const traits = this.resolvedTraits();
    this.shown ??= traitValues(this.masked ? traits.map((trait) => ({ ...trait, value: maskField(trait.key, trait.value) })) : traits);
    return this.shown;
  }
}
