import { Arg, Args, Ctx, Int, Query, Resolver } from 'type-graphql';
import { Refusal } from '../../kernel/refusals';
import { decodeCursor, encodeCursor } from '../../timeline/cursor';
import { type PageSizes, pageOf, planPage } from '../../timeline/page';
import { checkedText } from '../checkedText';
import { AuditArgs } from '../inputs/AuditArgs';
import type { AuditFilter } from '../ports/auditLog';
import type { RequestContext } from '../requestContext';
import { AuditEntryType } from '../types/AuditEntryType';
import { AuditVerificationType } from '../types/AuditVerificationType';
import { AuditEntryConnectionType } from '../types/ConnectionTypes';

const AUDIT_PAGE: PageSizes = { usual: 50, most: 200 };
const MOST_VERIFIED = 1_000_000;
const MAX_FILTER_CHARACTERS = 500;

@Resolver()
export class AuditResolvers {
  @Query(() => AuditEntryConnectionType, { description: 'Who changed and who saw what, the latest first. Needs the scope admin.' })
  async auditLog(@Ctx() context: RequestContext, @Args(() => AuditArgs) args: AuditArgs): Promise<AuditEntryConnectionType> {
    context.access.need('admin');
    const { workspaceId, seesPersonal } = context.access;
    const { audit } = context.ports;
    const filter = filterOf(args);
    const plan = planPage({ first: args.first, after: args.after }, decodeCursor, AUDIT_PAGE);
    const place = plan.after && { atMs: plan.after.occurredAtMs, auditId: plan.after.interactionId };
    const records = await audit.listEntries(workspaceId, filter, { after: place, limit: plan.limit });
    const page = pageOf(plan, records, ({ atMs, auditId }) => encodeCursor({ occurredAtMs: atMs, interactionId: auditId }));
    const edges = page.edges.map(({ cursor, node }) => ({ cursor, node: new AuditEntryType(node, !seesPersonal) }));
    return new AuditEntryConnectionType({ edges, pageInfo: page.pageInfo }, () => audit.countEntries(workspaceId, filter));
  }

  @Query(() => AuditVerificationType, {
    description: 'Computes the hashes of the last entries anew; all of them: npm run audit:verify. Needs the scope admin.',
  })
  async auditVerification(
    @Ctx() context: RequestContext,
    @Arg('latest', () => Int, { defaultValue: 100_000 }) latest: number,
  ): Promise<AuditVerificationType> {
    context.access.need('admin');
    if (latest < 1 || latest > MOST_VERIFIED)
      throw new Refusal('INVALID_INPUT', `latest must be a whole number from 1 to ${MOST_VERIFIED}.`);
    return new AuditVerificationType(await context.ports.audit.verify(context.access.workspaceId, latest));
  }
}

function filterOf({ actor, action, target, from, to }: AuditArgs): AuditFilter {
  const text = (name: string, value: string | null | undefined): string | null =>
    value === null || value === undefined ? null : checkedText(name, value, { least: 0, most: MAX_FILTER_CHARACTERS });
  return {
    actor: text('actor', actor),
    action: text('action', action),
    target: text('target', target),
    fromMs: from ?? null,
    toMs: to ?? null,
  };
}
