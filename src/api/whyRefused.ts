import { decisionOfType } from '../identity/partSides';
import { HUB_LIMIT, type IdentityRules } from '../identity/rules';
import { TypeCounts } from '../identity/typeCounts';
import type { OuterLinkRecord } from './ports/identityGraphReader';
import type { MemberRecord } from './ports/profileReader';

export const LINK_REFUSALS = ['LIMIT', 'HUB', 'BLOCKED', 'DECISION', 'PENDING'] as const;

/** Of the type, one profile may hold no more than the limit; both together would hold as many as `together`. */
export interface ExceededLimit {
  readonly type: string;
  readonly limitPerProfile: number;
  readonly together: number;
}

export interface WhyRefused {
  readonly reason: (typeof LINK_REFUSALS)[number];
  /** Empty for other reasons. */
  readonly limits: readonly ExceededLimit[];
  /** The end at fault, for a hub and a blocked value. */
  readonly end: 'inner' | 'outer' | null;
}

/**
 * Why a link joins nobody. A limit that refused it is exceeded by both profiles together ever since, for profiles only grow up to their turn; where
 * none is, the rules were changed and the link was not looked at since.
 */
export function whyRefused(record: OuterLinkRecord, inner: MemberRecord, rules: IdentityRules): WhyRefused {
  const isBlocked = ({ type, value }: MemberRecord) => rules.isBlocked(type, value);
  if (isBlocked(inner) || isBlocked(record.outer)) return { reason: 'BLOCKED', limits: [], end: isBlocked(inner) ? 'inner' : 'outer' };
  if (record.innerStrongerLinks > HUB_LIMIT) return { reason: 'HUB', limits: [], end: 'inner' };
  if (record.outerStrongerLinks > HUB_LIMIT) return { reason: 'HUB', limits: [], end: 'outer' };
  const reasons = TypeCounts.of(record.innerTypeCounts).exceeding(TypeCounts.of(record.outerTypeCounts), rules);
  if (reasons.some((type) => decisionOfType(type) !== null)) return { reason: 'DECISION', limits: [], end: null };
  const limits = reasons.map((type) => exceeded(record, type, rules));
  return { reason: limits.length > 0 ? 'LIMIT' : 'PENDING', limits, end: null };
}

function exceeded({ innerTypeCounts, outerTypeCounts }: OuterLinkRecord, type: string, rules: IdentityRules): ExceededLimit {
  const together = (innerTypeCounts[type] ?? 0) + (outerTypeCounts[type] ?? 0);
  return { type, limitPerProfile: rules.ruleFor(type).limitPerProfile, together };
}
