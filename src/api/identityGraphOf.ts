import { compareIdentifiers } from '../identity/linkOrder';
import type { LinkRecord, OuterLinkRecord } from './ports/identityGraphReader';
import type { MemberRecord, ProfileRecord } from './ports/profileReader';
import type { RequestContext } from './requestContext';
import { IdentifierType, identifiersOf } from './types/IdentifierType';
import { IdentityGraphType } from './types/IdentityGraphType';
import { IdentityLinkType } from './types/IdentityLinkType';
import { RefusedLinkType } from './types/RefusedLinkType';

/** Why these identifiers are one customer, and why others are not. What is not selected is not read. */
export function identityGraphOf(context: RequestContext, { profileId, members }: ProfileRecord): IdentityGraphType {
  const nodes = identifiersOf(context, members);
  const indexes = new Map(members.map((member, index) => [member.identifierId, index]));
  const ends = { members, nodes, indexes };
  return new IdentityGraphType(nodes, {
    links: async () => {
      const { items, total } = await context.related.innerLinks.load(profileId);
      return { total, items: items.flatMap((record) => innerLink(context, record, ends) ?? []) };
    },
    refusedLinks: async () => {
      const { items, total } = await context.related.outerLinks.load(profileId);
      return { total, items: items.flatMap((record) => refusedLink(context, record, ends) ?? []) };
    },
  });
}

interface Ends {
  readonly members: readonly MemberRecord[];
  readonly nodes: readonly IdentifierType[];
  readonly indexes: ReadonlyMap<string, number>;
}

/** From the stronger end to the weaker. Null where the profile lost an end between two reads. */
function innerLink(context: RequestContext, record: LinkRecord, { members, nodes, indexes }: Ends): IdentityLinkType | null {
  const low = indexes.get(record.lowId);
  const high = indexes.get(record.highId);
  if (low === undefined || high === undefined) return null;
  const [strong, weak] = isStronger(context, members[low], members[high]) ? [low, high] : [high, low];
  const [from, to] = [nodes[strong], nodes[weak]];
  return from && to ? new IdentityLinkType(record, { from, to, weaker: to }) : null;
}

/** From the profile's own end to the other. */
function refusedLink(context: RequestContext, record: OuterLinkRecord, { members, nodes, indexes }: Ends): RefusedLinkType | null {
  const index = indexes.get(record.innerId) ?? -1;
  const [inner, from] = [members[index], nodes[index]];
  if (!inner || !from) return null;
  const to = new IdentifierType(record.outer, !context.access.seesPersonal);
  const weaker = isStronger(context, inner, record.outer) ? to : from;
  return new RefusedLinkType(record, { inner, from, to, weaker }, context);
}

function isStronger(context: RequestContext, one: MemberRecord | undefined, other: MemberRecord | undefined): boolean {
  if (!one || !other) return false;
  const ranked = ({ type, value }: MemberRecord) => ({ type, value, rank: context.settings.identityRules.ruleFor(type).rank });
  return compareIdentifiers(ranked(one), ranked(other)) < 0;
}
