import type { ConsentRecord } from './ports/privacyDesk';

/** Of each purpose what counts, in their order: the latest refusal of any identifier, or, where none refuses, what was granted last. */
export function consentsOf(said: readonly ConsentRecord[]): readonly ConsentRecord[] {
  const counting = new Map<string, ConsentRecord>();
  for (const record of said) {
    const known = counting.get(record.purpose);
    if (!known || outweighs(record, known)) counting.set(record.purpose, record);
  }
  return [...counting.values()].sort((left, right) => (left.purpose < right.purpose ? -1 : 1));
}

function outweighs(one: ConsentRecord, other: ConsentRecord): boolean {
  return one.granted === other.granted ? one.atMs > other.atMs : !one.granted;
}
