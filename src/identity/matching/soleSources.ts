import type { Links } from './clusters';

/** A source with more links inside itself than this, a record, holds some people twice. */
const MOST_LINKS_A_RECORD = 0.01;

/**
 * Measures which sources hold nobody twice: hardly any two of a source's records match, while records of different sources do. A single source is taken
 * to have duplicates, for why else would it be matched.
 */
export class SourceTally {
  private readonly records = new Map<number, number>();
  private readonly inside = new Map<number, number>();
  private across = 0;

  /** A record, with the sources that it comes from: one, or several where records were joined before. */
  addRecord(sources: readonly number[]): void {
    for (const source of sources) this.records.set(source, (this.records.get(source) ?? 0) + 1);
  }

  /** Two records that match. */
  addLink(sources: readonly number[], otherSources: readonly number[]): void {
    let isAcross = true;
    for (const source of sources) {
      if (!otherSources.includes(source)) continue;
      this.inside.set(source, (this.inside.get(source) ?? 0) + 1);
      isAcross = false;
    }
    if (isAcross) this.across++;
  }

  /** The sources that hold nobody twice. */
  soleSources(): Set<number> {
    if (this.across === 0) return new Set();
    const isSole = ([source, count]: readonly [number, number]) => (this.inside.get(source) ?? 0) <= MOST_LINKS_A_RECORD * count;
    return new Set([...this.records].filter(isSole).map(([source]) => source));
  }
}

/** Answers record → its source where that holds nobody twice, else -1. */
export function findSoleSources(sourceOf: Int32Array, links: Links, linkWeight: number): Int32Array {
  const tally = new SourceTally();
  const alone: (readonly number[])[] = [];
  const listOf = (record: number): readonly number[] => {
    const source = sourceOf[record] as number;
    alone[source] ??= [source];
    return alone[source] as readonly number[];
  };
  for (const record of sourceOf.keys()) tally.addRecord(listOf(record));
  for (const [link, one] of links.ones.entries()) {
    if ((links.weights[link] as number) >= linkWeight) tally.addLink(listOf(one), listOf(links.others[link] as number));
  }
  const sole = tally.soleSources();
  return sourceOf.map((source) => (sole.has(source) ? source : -1));
}
