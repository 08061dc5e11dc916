import type { MatchStatus } from '../identity/matchStatus';
import { Refusal } from '../kernel/refusals';
import { uuidFromBytes, uuidToBytes } from '../kernel/uuid';
import { type PageArgs, type PageSizes, pageOf, planPage } from '../timeline/page';
import type { CandidatePlace } from './ports/matchDesk';
import type { RequestContext } from './requestContext';
import { MatchCandidateConnectionType } from './types/ConnectionTypes';
import { MatchCandidateType } from './types/MatchTypes';

const CANDIDATE_PAGE: PageSizes = { usual: 20, most: 100 };
const CURSOR_BYTES = 24;

/** The most likely first. */
export async function matchCandidatesPage(
  context: RequestContext,
  asked: { readonly status: MatchStatus | null; readonly minProbability: number | null | undefined },
  args: PageArgs,
): Promise<MatchCandidateConnectionType> {
  const { workspaceId, seesPersonal } = context.access;
  const { matches } = context.ports;
  const wanted = { status: asked.status ?? 'PENDING', minProbability: asked.minProbability ?? 0 };
  if (!(wanted.minProbability >= 0 && wanted.minProbability <= 1)) {
    throw new Refusal('INVALID_INPUT', 'minProbability must be from 0 to 1.');
  }
  const plan = planPage(args, decodePlace, CANDIDATE_PAGE);
  const page = pageOf(plan, await matches.listCandidates(workspaceId, wanted, { after: plan.after, limit: plan.limit }), encodePlace);
  for (const { node } of page.edges) {
    context.trail.sawProfile(node.leftId);
    context.trail.sawProfile(node.rightId);
  }
  const edges = page.edges.map(({ cursor, node }) => ({ cursor, node: new MatchCandidateType(node, !seesPersonal) }));
  return new MatchCandidateConnectionType({ edges, pageInfo: page.pageInfo }, () => matches.countCandidates(workspaceId, wanted));
}

function encodePlace({ weight, candidateId }: CandidatePlace): string {
  const bytes = Buffer.alloc(CURSOR_BYTES);
  bytes.writeDoubleBE(weight);
  bytes.set(uuidToBytes(candidateId), 8);
  return bytes.toString('base64url');
}

function decodePlace(cursor: string): CandidatePlace {
  const bytes = Buffer.from(cursor, 'base64url');
  const weight = bytes.length === CURSOR_BYTES ? bytes.readDoubleBE() : Number.NaN;
  if (Number.isNaN(weight) || bytes.toString('base64url') !== cursor) throw new Refusal('INVALID_CURSOR');
  return { weight, candidateId: uuidFromBytes(bytes.subarray(8)) };
}
