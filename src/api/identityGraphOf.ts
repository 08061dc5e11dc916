import type { MemberRecord } from './ports/profileReader';
import type { RequestContext } from './requestContext';
import { identifiersOf } from './types/IdentifierType';
import { IdentityGraphType, IdentityLinkType } from './types/IdentityGraphType';

/** A graph larger than this is nothing that anybody looks at; the earliest links are shown. */
const MAX_LINKS = 2_000;

/** Why these identifiers are one customer. */
export async function identityGraphOf(context: RequestContext, members: readonly MemberRecord[]): Promise<IdentityGraphType> {
  const ids = members.map((member) => member.identifierId);
  const nodes = identifiersOf(context, members);
  const records = await context.ports.identityGraphs.readLinksAmong(context.access.workspaceId, ids, MAX_LINKS);
  const indexes = new Map(ids.map((id, index) => [id, index]));
  const links = records.flatMap((record) => {
    const low = indexes.get(record.lowId);
    const high = indexes.get(record.highId);
    if (low === undefined || high === undefined) return [];
    const [strong, weak] = strongerFirst(context, members, [low, high]);
    const [from, to, weaker] = [nodes[strong], nodes[weak], members[weak]];
    return from && to && weaker ? [new IdentityLinkType(record, from, to, record.alias ? 'alias' : weaker.type)] : [];
  });
  return new IdentityGraphType(nodes, links);
}

function strongerFirst(
  context: RequestContext,
  members: readonly MemberRecord[],
  [low, high]: readonly [number, number],
): readonly [number, number] {
  const rank = (index: number) => context.settings.identityRules.ruleFor(members[index]?.type ?? '').rank;
  return rank(low) <= rank(high) ? [low, high] : [high, low];
}
