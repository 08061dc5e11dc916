import type { Links } from './clusters';

/** A source with more links inside itself than this, a record, holds some people twice. */
const MOST_LINKS_A_RECORD = 0.01;

/**
 * Which sources hold nobody twice, measured: hardly any two of a source's records match, while records of different sources do. Answers record → its
 * source where that is so, else -1. A single source is taken to have duplicates, for why else would it be matched.
 */
export function findSoleSources(sourceOf: Int32Array, links: Links, linkWeight: number): Int32Array {
  const sources = sourceOf.reduce((most, source) => Math.max(most, source), 0) + 1;
  const records = new Float64Array(sources);
  const inside = new Float64Array(sources);
  for (const source of sourceOf) records[source] = (records[source] as number) + 1;
  let across = 0;
  for (const [link, one] of links.ones.entries()) {
    if ((links.weights[link] as number) < linkWeight) continue;
    const source = sourceOf[one] as number;
    if (source === sourceOf[links.others[link] as number]) inside[source] = (inside[source] as number) + 1;
    else across++;
  }
  if (across === 0) return new Int32Array(sourceOf.length).fill(-1);
  const isSole = Array.from(records, (count, source) => (inside[source] as number) <= MOST_LINKS_A_RECORD * count);
  return sourceOf.map((source) => (isSole[source] ? source : -1));
}
