import { Arg, Ctx, Field, ID, Int, ObjectType } from 'type-graphql';
import { publicId } from '../../kernel/ids';
import type { JsonObject } from '../../kernel/json';
import { resolveTraits, traitValues } from '../../profile/survivorship';
import { decodeTraitState } from '../../profile/traitState';
import { CustomerView } from '../customerView';
import { maskField, maskObject, maskText } from '../masking';
import { PlainField } from '../plainField';
import type { AccountRecord } from '../ports/accountReader';
import { listProfilesPage } from '../profileLists';
import type { RequestContext } from '../requestContext';
import { JsonObjectScalar } from '../scalars';
import { ProfileConnectionType } from './ConnectionTypes';
import { NodeType } from './NodeType';
import { ProfileExperienceType, profileExperienceOf } from './ProfileExperienceType';

const MOST_CUSTOMERS = 200;

@ObjectType('Account', { implements: NodeType })
export class AccountType extends NodeType {
  private readonly values: JsonObject;

  constructor(
    private readonly record: AccountRecord,
    context: RequestContext,
  ) {
    super();
    const values = traitValues(resolveTraits(decodeTraitState(record.traits), context.settings.survivorship));
    const { seesPersonal } = context.access;
    this.values = seesPersonal ? values : maskAccountTraits(values);
    this.name = typeof this.values['name'] === 'string' ? this.values['name'] : null;
    this.externalId = seesPersonal ? record.externalId : maskText(record.externalId);
  }

  @PlainField(() => ID)
  get id(): string {
    return publicId('Account', this.record.accountId);
  }

  @PlainField(() => String)
  readonly externalId: string;

  @PlainField(() => String, { nullable: true })
  readonly name: string | null;

  @PlainField(() => JsonObjectScalar)
  get traits(): JsonObject {
    return this.values;
  }

  @Field(() => ProfileConnectionType)
  profiles(
    @Ctx() context: RequestContext,
    @Arg('first', () => Int, { nullable: true, defaultValue: 50 }) first: number | null,
    @Arg('after', () => String, { nullable: true }) after: string | null,
  ): Promise<ProfileConnectionType> {
    const { workspaceId } = context.access;
    return listProfilesPage(context, { first, after }, (page) =>
      context.ports.accounts.listAccountProfiles(workspaceId, this.record.accountId, page),
    );
  }

  @Field(() => ProfileExperienceType, { description: 'Of all its customers taken together, at most the 200 newest of them.' })
  async experience(@Ctx() context: RequestContext): Promise<ProfileExperienceType> {
    const page = { after: null, limit: MOST_CUSTOMERS };
    const ids = await context.ports.accounts.listAccountProfiles(context.access.workspaceId, this.record.accountId, page);
    const profiles = await Promise.all(ids.map((id) => context.profiles.byId.load(id)));
    const members = profiles.flatMap((profile) => profile?.members ?? []);
    return profileExperienceOf(await new CustomerView(context, members, null).experience());
  }
}

/** A company's own name is nobody's personal data; a person's address in its traits is. */
function maskAccountTraits(values: JsonObject): JsonObject {
  const { name, ...others } = values;
  const masked = maskObject(others);
  return name === undefined ? masked : { ...masked, name: maskField('title', name) };
}
