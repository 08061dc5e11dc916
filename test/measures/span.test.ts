import fc from 'fast-check';
import { coversMoment, intersectSpans, joinSpans, type Span } from '../../src/measures/span';

const anySpan: fc.Arbitrary<Span> = fc
  .tuple(fc.integer({ min: 0, max: 20 }), fc.option(fc.integer({ min: 0, max: 6 })))
  .map(([fromMs, length]) => ({ fromMs, toMs: length === null ? null : fromMs + length }));
const spans = fc.array(anySpan, { maxLength: 6 });
const moments = Array.from({ length: 30 }, (_, atMs) => atMs);

describe('spans', () => {
  it('join to spans apart that cover the same moments', () => {
    fc.assert(
      fc.property(spans, (list) => {
        const joined = joinSpans(list);
        for (const atMs of moments) expect(coversMoment(joined, atMs)).toBe(coversMoment(list, atMs));
        for (const [index, span] of joined.entries()) {
          expect(span.toMs === null || span.toMs > span.fromMs).toBe(true);
          if (index > 0) expect(joined[index - 1]!.toMs!).toBeLessThan(span.fromMs);
        }
        expect(joinSpans([...list].reverse())).toEqual(joined);
      }),
    );
  });

  it('intersect in the moments that both cover', () => {
    fc.assert(
      fc.property(spans, spans, (left, right) => {
        const both = intersectSpans(joinSpans(left), joinSpans(right));
        for (const atMs of moments) expect(coversMoment(both, atMs)).toBe(coversMoment(left, atMs) && coversMoment(right, atMs));
      }),
    );
  });

  it('are half-open', () => {
    expect([0, 1, 2].map((atMs) => coversMoment([{ fromMs: 1, toMs: 2 }], atMs))).toEqual([false, true, false]);
  });
});
