/** One kind of thing that was looked at: how many, and what is not as it should be. */
export interface Compared {
  readonly what: string;
  readonly compared: number;
  readonly differences: readonly string[];
}

const SHOWN_DIFFERENCES = 10;

/** Prints it, with the first of all differences; answers whether there are none. */
export function report(compared: readonly Compared[]): boolean {
  console.table(compared.map(({ what, compared: count, differences }) => ({ what, compared: count, differences: differences.length })));
  for (const { what, differences } of compared) {
    for (const difference of differences.slice(0, SHOWN_DIFFERENCES)) console.log(`${what}: ${difference.slice(0, 1_000)}`);
  }
  const count = sum(compared.map(({ differences }) => differences.length));
  console.log(`comparisons: ${sum(compared.map(({ compared: each }) => each))}, differences: ${count}`);
  return count === 0;
}

export function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}

/** Whether each key has the same value on both sides. A key that one side lacks is a difference. */
export function compareMaps(what: string, expected: ReadonlyMap<string, unknown>, found: ReadonlyMap<string, unknown>): Compared {
  const differences: string[] = [];
  for (const [key, value] of expected) {
    const other = found.get(key);
    if (!found.has(key)) differences.push(`${key}: missing, should be ${said(value)}`);
    else if (said(value) !== said(other)) differences.push(`${key}: is ${said(other)}, should be ${said(value)}`);
  }
  for (const [key, value] of found) if (!expected.has(key)) differences.push(`${key}: should not be there, is ${said(value)}`);
  return { what, compared: expected.size, differences };
}

export function compareSets(what: string, expected: Iterable<string>, found: Iterable<string>): Compared {
  const asMap = (names: Iterable<string>) => new Map([...names].map((name) => [name, true] as const));
  return compareMaps(what, asMap(expected), asMap(found));
}

function said(value: unknown): string {
  return JSON.stringify(value) ?? 'undefined';
}
