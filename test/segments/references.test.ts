import type { Json } from '../../src/kernel/json';
import { Refusal } from '../../src/kernel/refusals';
import { compileSegments } from '../../src/segments/compileSegments';
import { evaluateSegments } from '../../src/segments/evaluateSegments';
import { computedTraitsNamed, refuseUnknownReferences, segmentCycle, segmentsNamed } from '../../src/segments/references';
import { NOW, segment, subject } from './builders';

const naming = (...keys: string[]): Json => ({ all: [{ any: keys.map((key) => ({ not: { segment: key } })) }] });

describe('segments of segments', () => {
  it('name others anywhere in their definitions', () => {
    const { definition } = segment('a', { all: [naming('b', 'c', 'b'), { computed: 'x', op: 'exists' }] });
    expect(segmentsNamed(definition)).toEqual(['b', 'c']);
    expect(computedTraitsNamed(definition)).toEqual(['x']);
  });

  it('go round in a circle where one leads back to itself', () => {
    expect(segmentCycle([segment('a', naming('a'))])).toEqual(['a', 'a']);
    expect(
      segmentCycle([segment('x', naming('a')), segment('a', naming('b')), segment('b', naming('c', 'd')), segment('c', naming('a'))]),
    ).toEqual(['a', 'b', 'c', 'a']);
    expect(
      segmentCycle([segment('a', naming('b', 'c')), segment('b', naming('d')), segment('c', naming('d')), segment('d', naming('gone'))]),
    ).toBeNull();
  });

  it('are refused with the path of each key that names nothing', () => {
    const { definition } = segment('a', {
      all: [
        { segment: 'b' },
        { not: { segment: 'gone' } },
        {
          any: [
            { computed: 'x', op: 'exists' },
            { computed: 'y', op: 'exists' },
          ],
        },
      ],
    });
    const check = () => refuseUnknownReferences(definition, new Set(['b']), new Set(['y']));
    expect(check).toThrow(
      new Refusal(
        'SEGMENT_INVALID',
        'all[1].not.segment: must be the key of a segment that there is. all[2].any[0].computed: must be the key of a computed trait that there is.',
      ),
    );
    expect(() => refuseUnknownReferences(definition, new Set(['b', 'gone']), new Set(['x', 'y']))).not.toThrow();
  });

  it('are evaluated in whatever order they come; what is not there holds of nobody, nor does a circle', () => {
    const members = (...segments: ReturnType<typeof segment>[]) => [
      ...evaluateSegments(compileSegments(segments, []), subject(), NOW).members.keys(),
    ];
    const chain = [segment('a', { segment: 'b' }), segment('b', { all: [{ segment: 'c' }] }), segment('c', { all: [] })];
    expect(members(...chain)).toEqual(['a', 'b', 'c']);
    expect(members(...chain.reverse())).toEqual(['c', 'b', 'a']);
    expect(members(segment('a', { segment: 'gone' }), segment('b', { not: { segment: 'gone' } }))).toEqual(['b']);
    expect(members(segment('a', { segment: 'b' }), segment('b', { segment: 'a' }))).toEqual([]);
  });
});
