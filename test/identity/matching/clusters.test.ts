import fc from 'fast-check';
import { type ClusterRules, clusterRecords, type Links, type PairJudge } from '../../../src/identity/matching/clusters';
import { findSoleSources } from '../../../src/identity/matching/soleSources';

interface Pair {
  readonly weight: number;
  readonly contradicts?: boolean;
  readonly settles?: boolean;
}

/** Judges by what is given for pairs such as '0-1'; all others match at `otherwise`. */
function judgeOf(pairs: Readonly<Record<string, Pair>>, otherwise = -8): PairJudge {
  let last: Pair = { weight: otherwise };
  return {
    weigh(one, other) {
      last = pairs[`${Math.min(one, other)}-${Math.max(one, other)}`] ?? { weight: otherwise };
      return last.weight;
    },
    contradiction: () => (last.contradicts ? 'OTHER_NAME_AND_BIRTH_DATE' : undefined),
    isSettled: () => last.settles ?? false,
  };
}

function linksOf(pairs: Readonly<Record<string, Pair>>): Links {
  const kept = Object.entries(pairs).filter(([, { contradicts }]) => !contradicts);
  const ends = kept.map(([key]) => key.split('-').map(Number));
  return {
    ones: Int32Array.from(ends, ([one]) => one!),
    others: Int32Array.from(ends, ([, other]) => other!),
    weights: Float32Array.from(kept, ([, { weight }]) => weight),
  };
}

function rulesFor(size: number, rules: Partial<ClusterRules> = {}): ClusterRules {
  return { linkWeight: 0, averageWeight: -2, largestCluster: 100, soleSourceOf: new Int32Array(size).fill(-1), ...rules };
}

function clusters(size: number, pairs: Readonly<Record<string, Pair>>, rules: Partial<ClusterRules> = {}): number[] {
  return [...clusterRecords(linksOf(pairs), rulesFor(size, rules), judgeOf(pairs)).clusterOf];
}

describe('clusters', () => {
  it('join what a link joins, and name a cluster after its smallest record', () => {
    expect(clusters(4, { '1-3': { weight: 5 } })).toEqual([0, 1, 2, 1]);
  });

  it('are not chained together by one mistaken link', () => {
    const two = { '0-1': { weight: 12 }, '2-3': { weight: 12 }, '1-2': { weight: 3 } };
    expect(clusters(4, two)).toEqual([0, 0, 2, 2]);
  });

  it('are parted at the weakest link when they would grow too large', () => {
    const chain = {
      '0-1': { weight: 9 },
      '1-2': { weight: 8 },
      '0-2': { weight: 8 },
      '2-3': { weight: 4 },
      '0-3': { weight: 4 },
      '1-3': { weight: 4 },
    };
    expect(clusters(4, chain)).toEqual([0, 0, 0, 0]);
    expect(clusters(4, chain, { largestCluster: 3 })).toEqual([0, 0, 0, 3]);
  });

  it('hold two members of a household apart although a third record links to both', () => {
    const home = { '0-1': { weight: 10 }, '1-2': { weight: 9 }, '0-2': { weight: 6, contradicts: true } };
    expect(clusters(3, home)).toEqual([0, 0, 2]);
  });

  it('overlook a contradiction where a number that stands for one person settles it', () => {
    const settled = { '0-1': { weight: 10 }, '1-2': { weight: 9, settles: true }, '0-2': { weight: 6, contradicts: true } };
    expect(clusters(3, settled)).toEqual([0, 0, 0]);
  });

  it('take the stronger of two links into a source that holds nobody twice', () => {
    const soleSourceOf = Int32Array.from([0, 1, 1]);
    const pairs = { '0-1': { weight: 7 }, '0-2': { weight: 9 }, '1-2': { weight: 8 } };
    expect(clusters(3, pairs, { soleSourceOf })).toEqual([0, 1, 0]);
  });

  it('part every record from none, hold each once, and stay within the largest size, for any links', () => {
    const size = 12;
    const record = fc.integer({ min: 0, max: size - 1 });
    const link = fc.tuple(record, record, fc.integer({ min: -5, max: 15 })).filter(([one, other]) => one < other);
    fc.assert(
      fc.property(fc.array(link, { maxLength: 40 }), fc.integer({ min: 2, max: 6 }), (list, largestCluster) => {
        const pairs = Object.fromEntries(list.map(([one, other, weight]) => [`${one}-${other}`, { weight }]));
        const of = clusters(size, pairs, { largestCluster });
        for (const [index, cluster] of of.entries()) {
          expect(cluster).toBeLessThanOrEqual(index);
          expect(of[cluster]).toBe(cluster);
        }
        for (const cluster of of) expect(of.filter((other) => other === cluster).length).toBeLessThanOrEqual(largestCluster);
      }),
    );
  });
});

describe('a source', () => {
  const links = (pairs: readonly (readonly [number, number])[]): Links => ({
    ones: Int32Array.from(pairs, ([one]) => one),
    others: Int32Array.from(pairs, ([, other]) => other),
    weights: new Float32Array(pairs.length).fill(5),
  });

  it('is found to hold nobody twice when its records match those of others only', () => {
    expect([
      ...findSoleSources(
        Int32Array.from([0, 0, 1, 1]),
        links([
          [0, 2],
          [1, 3],
        ]),
        0,
      ),
    ]).toEqual([0, 0, 1, 1]);
  });

  it('is not when its own records match, or when there is no other', () => {
    expect([
      ...findSoleSources(
        Int32Array.from([0, 0, 1, 1]),
        links([
          [0, 1],
          [1, 3],
        ]),
        0,
      ),
    ]).toEqual([-1, -1, 1, 1]);
    expect([...findSoleSources(Int32Array.from([0, 0]), links([[0, 1]]), 0)]).toEqual([-1, -1]);
  });
});
