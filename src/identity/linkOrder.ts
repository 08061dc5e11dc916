import type { KeepLink } from './rules';

/** An identifier with the rank of its type: what the order needs of it. */
export interface OrderedIdentifier {
  readonly rank: number;
  readonly type: string;
  readonly value: string;
}

/** Where a link stands in the order in which links are taken. */
export interface LinkTurn {
  /** Rank of the weaker end's type; of a decided link `DECIDED_RANK`. */
  readonly rank: number;
  /** See `turnTime`; of a decided link the time of the decision. */
  readonly time: number;
  readonly strong: OrderedIdentifier;
  readonly weak: OrderedIdentifier;
}

/** What somebody decided comes before everything that was only seen. */
export const DECIDED_RANK = -1;

/** Strongest first; of one rank by type, then by value, both by UTF-16 code units. Zero only for one and the same identifier. */
export function compareIdentifiers(left: OrderedIdentifier, right: OrderedIdentifier): number {
  if (left.rank !== right.rank) return left.rank - right.rank;
  if (left.type !== right.type) return left.type < right.type ? -1 : 1;
  if (left.value !== right.value) return left.value < right.value ? -1 : 1;
  return 0;
}

/** Within a rank, links are taken by this, ascending: the earliest first seen first, or the latest last seen first. */
export function turnTime(keep: KeepLink, seen: { readonly firstSeenAtMs: number; readonly lastSeenAtMs: number }): number {
  return keep === 'LATEST' ? -seen.lastSeenAtMs : seen.firstSeenAtMs;
}

/** The order of the rule: by rank, then time, then the stronger ends, then the weaker. Independent of how identifiers are stored. */
export function compareTurns(left: LinkTurn, right: LinkTurn): number {
  if (left.rank !== right.rank) return left.rank - right.rank;
  if (left.time !== right.time) return left.time - right.time;
  return compareIdentifiers(left.strong, right.strong) || compareIdentifiers(left.weak, right.weak);
}
