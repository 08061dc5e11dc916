import { Refusal } from '../kernel/refusals';

/** The arguments of a connection, as GraphQL hands them over. */
export interface PageArgs {
  readonly first?: number | null | undefined;
  readonly after?: string | null | undefined;
  readonly last?: number | null | undefined;
  readonly before?: string | null | undefined;
}

export interface PageSizes {
  /** What is read where neither `first` nor `last` is given. */
  readonly usual: number;
  readonly most: number;
}
export const TIMELINE_PAGE: PageSizes = { usual: 50, most: 200 };

/**
 * What to read for a page. FORWARD reads in the list's own order from `after`, BACKWARD in reverse from `before`; both ends
 * are exclusive and each may be null.
 */
export interface PagePlan<Place> {
  readonly walk: 'FORWARD' | 'BACKWARD';
  readonly size: number;
  /** Rows to ask for: one more than the page, which tells whether there is a further page. */
  readonly limit: number;
  readonly after: Place | null;
  readonly before: Place | null;
}

export interface PageInfo {
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
  readonly startCursor: string | null;
  readonly endCursor: string | null;
}

export interface Page<Row> {
  /** In the list's own order, whichever way they were read. */
  readonly edges: readonly { readonly cursor: string; readonly node: Row }[];
  readonly pageInfo: PageInfo;
}

/**
 * Relay's cursor connections: `first` with `after` goes on, `last` with `before` goes back. Refuses with INVALID_INPUT a
 * size below 0 or above the most, and `first` together with `last`; but a `first` of the usual size may stand beside
 * `last`, because a schema's default puts it there unasked. Refuses with INVALID_CURSOR through `decode`.
 */
export function planPage<Place>(args: PageArgs, decode: (cursor: string) => Place, sizes: PageSizes = TIMELINE_PAGE): PagePlan<Place> {
  const backward = args.last !== null && args.last !== undefined;
  if (backward && (args.first ?? sizes.usual) !== sizes.usual) {
    throw new Refusal('INVALID_INPUT', 'Give either first or last, not both.');
  }
  const size = backward ? checkedSize('last', args.last, sizes) : checkedSize('first', args.first ?? sizes.usual, sizes);
  return {
    walk: backward ? 'BACKWARD' : 'FORWARD',
    size,
    limit: size + 1,
    after: placeOf(args.after, decode),
    before: placeOf(args.before, decode),
  };
}

function checkedSize(name: 'first' | 'last', size: number, sizes: PageSizes): number {
  if (Number.isInteger(size) && size >= 0 && size <= sizes.most) return size;
  throw new Refusal('INVALID_INPUT', `${name} must be a whole number from 0 to ${sizes.most}.`);
}

function placeOf<Place>(cursor: string | null | undefined, decode: (cursor: string) => Place): Place | null {
  return cursor === null || cursor === undefined ? null : decode(cursor);
}

/** A cursor is made only for who reads it. */
class Edge<Row> {
  readonly node: Row;

  constructor(
    node: Row,
    private readonly cursorOf: (row: Row) => string,
  ) {
    this.node = node;
  }

  get cursor(): string {
    return this.cursorOf(this.node);
  }
}

/**
 * The page out of the rows read for a plan, in the order they were read. A cursor that the page starts from stands for a row
 * on its other side, so there is a page behind it.
 */
export function pageOf<Place, Row>(plan: PagePlan<Place>, read: readonly Row[], cursorOf: (row: Row) => string): Page<Row> {
  const hasMore = read.length > plan.size;
  const rows = read.slice(0, plan.size);
  if (plan.walk === 'BACKWARD') rows.reverse();
  const edges = rows.map((node) => new Edge(node, cursorOf));
  return {
    edges,
    pageInfo: {
      hasNextPage: plan.walk === 'FORWARD' ? hasMore : plan.before !== null,
      hasPreviousPage: plan.walk === 'BACKWARD' ? hasMore : plan.after !== null,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  };
}
