import fc from 'fast-check';
import { decodeCursor, encodeCursor, type TimelinePlace } from '../../src/timeline/cursor';
import { type PageArgs, pageOf, planPage } from '../../src/timeline/page';

const place = fc.record({ occurredAtMs: fc.integer({ min: -8.64e15, max: 8.64e15 }), interactionId: fc.uuid() });
const asIs = (cursor: string) => cursor;

describe('a timeline cursor', () => {
  it('comes back as the place that it was made from', () => {
    fc.assert(fc.property(place, (one) => expect(decodeCursor(encodeCursor(one))).toEqual(one)));
  });

  it('stays the same from release to release', () => {
    expect(encodeCursor({ occurredAtMs: 1_700_000_000_000, interactionId: '01890a5d-ac96-774b-bcce-b302099a8057' })).toBe(
      'AQAAAYvP5WgAAYkKXayWd0u8zrMCCZqAVw',
    );
  });

  it.each([
    '',
    'x',
    'AQAAAYvP5WgAAYkKXayWd0u8zrMCCZqAVw==',
    'AgAAAYvP5WgAAYkKXayWd0u8zrMCCZqAVw',
    'A'.repeat(34),
    'AX__________AYkKXayWd0u8zrMCCZqAVw',
    '💥'.repeat(17),
  ])('is refused where it was not given out: %j', (cursor) => {
    expect(() => decodeCursor(cursor)).toThrow(expect.objectContaining({ code: 'INVALID_CURSOR' }));
  });

  it('is refused, or is a place, for any text', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.string({ minLength: 34, maxLength: 34, unit: fc.constantFrom(...'AQBx_-09w') })), (cursor) => {
        let decoded: TimelinePlace | null = null;
        try {
          decoded = decodeCursor(cursor);
        } catch (error) {
          expect(error).toMatchObject({ code: 'INVALID_CURSOR' });
        }
        if (decoded) expect(encodeCursor(decoded)).toBe(cursor);
      }),
    );
  });
});

describe('a page', () => {
  it('holds 50 from the start where nothing is asked', () => {
    expect(planPage({}, asIs)).toEqual({ walk: 'FORWARD', size: 50, limit: 51, after: null, before: null });
  });

  it.each<PageArgs>([
    { first: -1 },
    { first: 201 },
    { last: -1 },
    { last: 201 },
    { first: 1.5 },
    { first: Number.NaN },
    { first: 10, last: 10 },
  ])('is refused for %j', (args) => {
    expect(() => planPage(args, asIs)).toThrow(expect.objectContaining({ code: 'INVALID_INPUT' }));
  });

  it('goes back by last even where the schema put the usual first beside it', () => {
    expect(planPage({ first: 50, last: 10, before: 'c' }, asIs)).toMatchObject({ walk: 'BACKWARD', size: 10, before: 'c' });
  });

  it('may be empty and still tell whether there is more', () => {
    expect(pageOf(planPage({ first: 0 }, asIs), ['a'], asIs)).toEqual({
      edges: [],
      pageInfo: { hasNextPage: true, hasPreviousPage: false, startCursor: null, endCursor: null },
    });
  });
});

/** What a store does with a plan: reads at most `limit` of the list between the two places, from the end the walk starts at. */
function read(listed: readonly number[], args: PageArgs): { plan: ReturnType<typeof planPage<number>>; rows: readonly number[] } {
  const plan = planPage(args, Number);
  const between = listed.filter((one) => (plan.after === null || one > plan.after) && (plan.before === null || one < plan.before));
  return { plan, rows: (plan.walk === 'FORWARD' ? between : between.toReversed()).slice(0, plan.limit) };
}

describe('walking a list by pages', () => {
  const lists = fc.uniqueArray(fc.integer(), { maxLength: 60 }).map((numbers) => numbers.sort((left, right) => left - right));

  it('forward repeats nothing, skips nothing and ends', () => {
    fc.assert(
      fc.property(lists, fc.integer({ min: 1, max: 7 }), (listed, first) => {
        const seen: number[] = [];
        for (let after: string | null = null, hasNext = true; hasNext; ) {
          const { plan, rows } = read(listed, { first, after });
          const { edges, pageInfo } = pageOf(plan, rows, String);
          seen.push(...edges.map((edge) => edge.node));
          expect(pageInfo.hasPreviousPage).toBe(after !== null);
          after = pageInfo.endCursor;
          hasNext = pageInfo.hasNextPage;
        }
        expect(seen).toEqual(listed);
      }),
    );
  });

  it("backward gives the same pages, each in the list's own order", () => {
    fc.assert(
      fc.property(lists, fc.integer({ min: 1, max: 7 }), (listed, last) => {
        let seen: number[] = [];
        for (let before: string | null = null, hasPrevious = true; hasPrevious; ) {
          const { plan, rows } = read(listed, { last, before });
          const { edges, pageInfo } = pageOf(plan, rows, String);
          seen = [...edges.map((edge) => edge.node), ...seen];
          expect(pageInfo.hasNextPage).toBe(before !== null);
          before = pageInfo.startCursor;
          hasPrevious = pageInfo.hasPreviousPage;
        }
        expect(seen).toEqual(listed);
      }),
    );
  });

  it('forward is not disturbed by what is inserted before it', () => {
    const { plan, rows } = read([10, 20, 30, 40], { first: 2 });
    const { pageInfo } = pageOf(plan, rows, String);
    const next = read([1, 2, 10, 15, 20, 30, 40], { first: 2, after: pageInfo.endCursor });
    expect(pageOf(next.plan, next.rows, String).edges.map((edge) => edge.node)).toEqual([30, 40]);
  });
});
