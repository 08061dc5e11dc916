import fc from 'fast-check';
import { compileSegments } from '../../src/segments/compileSegments';
import { evaluateSegments, type Memberships } from '../../src/segments/evaluateSegments';
import type { Segment } from '../../src/segments/segment';
import type { Subject } from '../../src/segments/subject';
import { definitionArbitrary, eventCondition, subjectAndMore, subjectArbitrary } from './arbitraries';
import { DAY, HOUR, NOW, segment } from './builders';
import { plainReading } from './plainReading';

const threeSegments = fc
  .tuple(definitionArbitrary(['b', 'c']), definitionArbitrary(['c', 'nobody']), definitionArbitrary())
  .map(([a, b, c]) => [segment('a', a), segment('b', b), segment('c', c)]);
/** SEGMENT_RUNS: more of them, by hand. */
const RUNS = { numRuns: Number(process.env['SEGMENT_RUNS'] ?? 300) };

const plainMembers = (segments: readonly Segment[], of: Subject, nowMs: number) =>
  segments.filter(({ definition }) => plainReading(definition.condition, of, nowMs, segments)).map(({ key }) => key);

/** Every moment at which the conditions at hand could change, and those right before and after. */
function momentsOf(of: Subject): number[] {
  const times = [...of.events.values()].flatMap((events) => events.map(({ occurredAtMs }) => occurredAtMs));
  const stated = ['2026-11-27', '2026-11-27T12:00Z', '2026-11-27T11:59:59.999Z', '2026-11-25T10:00Z', '2026-12-01'].map((text) =>
    Date.parse(text),
  );
  const steps = [0, 1, 2, 12, 24, 36, 48, 72, 96, -24, -96].map((hours) => hours * HOUR);
  const seen = [of.firstSeenAtMs, of.lastSeenAtMs].flatMap((atMs) => [0, 1, 2, 3, 4, 5].map((days) => atMs + days * DAY));
  const edges = [...seen, ...[...times, ...stated].flatMap((atMs) => steps.map((step) => atMs + step))];
  return [...new Set(edges.flatMap((atMs) => [atMs - 1, atMs, atMs + 1]))].filter((atMs) => atMs > NOW).sort((a, b) => a - b);
}

function laterThan(nowMs: number, found: Memberships): Memberships {
  if (found.nextAtMs !== null && found.nextAtMs <= nowMs) throw new Error('What is looked at now is due again at once.');
  return found;
}

describe('evaluating segments in memory', () => {
  it('finds whom the definitions mean, word for word', () => {
    fc.assert(
      fc.property(threeSegments, subjectArbitrary, fc.integer({ min: -DAY, max: 3 * DAY }), (segments, of, later) => {
        const { members } = evaluateSegments(compileSegments(segments, []), of, NOW + later);
        expect([...members.keys()]).toEqual(plainMembers(segments, of, NOW + later));
        for (const reason of members.values()) expect(reason).not.toBe('');
      }),
      RUNS,
    );
  });

  it('says until when nothing changes: nobody enters or leaves before, and never where it says never', () => {
    fc.assert(
      fc.property(threeSegments, subjectArbitrary, (segments, of) => {
        const { members, nextAtMs } = evaluateSegments(compileSegments(segments, []), of, NOW);
        if (nextAtMs !== null) expect(nextAtMs).toBeGreaterThan(NOW);
        const before = momentsOf(of).filter((moment) => nextAtMs === null || moment < nextAtMs);
        const now = [...members.keys()].join();
        expect(before.filter((atMs) => plainMembers(segments, of, atMs).join() !== now)).toEqual([]);
      }),
      RUNS,
    );
  });

  it('says the very moment at which a count of events changes', () => {
    fc.assert(
      fc.property(eventCondition, subjectArbitrary, (json, of) => {
        const only = segment('a', json);
        const { members, nextAtMs } = evaluateSegments(compileSegments([only], []), of, NOW);
        if (nextAtMs !== null) expect(plainMembers([only], of, nextAtMs)).not.toEqual([...members.keys()]);
      }),
      RUNS,
    );
  });

  it('says which events count: however many others there are more of, nobody enters or leaves before it says', () => {
    fc.assert(
      fc.property(threeSegments, subjectAndMore, (segments, [of, withMore]) => {
        const { members, nextAtMs, heeded } = evaluateSegments(compileSegments(segments, []), of, NOW);
        const later = withMore((eventKey) => !heeded.has(eventKey));
        const before = [NOW, ...momentsOf(later)].filter((moment) => nextAtMs === null || moment < nextAtMs);
        const now = [...members.keys()].join();
        expect(before.filter((atMs) => plainMembers(segments, later, atMs).join() !== now)).toEqual([]);
      }),
      RUNS,
    );
  });

  it('looked at only when it says so, misses no moment', () => {
    fc.assert(
      fc.property(threeSegments, subjectArbitrary, (segments, of) => {
        const compiled = compileSegments(segments, []);
        const moments = momentsOf(of);
        let found = evaluateSegments(compiled, of, NOW);
        const missed = moments.filter((atMs) => {
          while (found.nextAtMs !== null && found.nextAtMs <= atMs)
            found = laterThan(found.nextAtMs, evaluateSegments(compiled, of, found.nextAtMs));
          return [...found.members.keys()].join() !== plainMembers(segments, of, atMs).join();
        });
        expect(missed).toEqual([]);
      }),
      RUNS,
    );
  });
});
