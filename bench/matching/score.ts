import { readFileSync } from 'node:fs';

/** Pairs of records put together: how many of them rightly (precision), how many of those that belong together (recall). */
export interface PairScore {
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
}

/** Compares clusters with the truth, pair by pair; both are record → cluster. A record that was not clustered stands alone. */
export function scorePairs(clusters: ReadonlyMap<string, string>, truth: ReadonlyMap<string, string>): PairScore {
  const put: string[] = [];
  const right: string[] = [];
  for (const [record, person] of truth) {
    const cluster = clusters.get(record) ?? `alone ${record}`;
    put.push(cluster);
    right.push(`${cluster}\0${person}`);
  }
  const [together, rightly, belonging] = [pairsIn(put), pairsIn(right), pairsIn([...truth.values()])];
  const precision = together === 0 ? 1 : rightly / together;
  const recall = belonging === 0 ? 1 : rightly / belonging;
  return { precision, recall, f1: (2 * precision * recall) / (precision + recall || 1) };
}

/** How many pairs have the same label. */
function pairsIn(labels: readonly string[]): number {
  const counts = new Map<string, number>();
  for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1);
  let pairs = 0;
  for (const count of counts.values()) pairs += (count * (count - 1)) / 2;
  return pairs;
}

/** The first two columns of a CSV without quotes, behind its header. */
export function readCsvPairs(path: string): Map<string, string> {
  const lines = readFileSync(path, 'utf8').trim().split(/\r?\n/).slice(1);
  return new Map(lines.map((line) => line.split(',', 2) as [string, string]));
}
