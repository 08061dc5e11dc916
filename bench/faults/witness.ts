import type { IdentityRules } from '../../src/identity/rules';
import type { BusyPeople } from './busyPeople';
import type { AcceptedMessage } from './persistentSender';
import { nameOf } from './plainCustomers';
import type { ShownProfile } from './shownProfiles';
import type { StoredWorld } from './storedWorld';
import type { Receipt } from './webhookReceiver';

/** All that is known after a run. */
export interface Witness {
  readonly accepted: readonly AcceptedMessage[];
  readonly stored: StoredWorld;
  readonly shown: readonly ShownProfile[];
  /** By ids of profiles that were merged, who answers for them. */
  readonly answers: ReadonlyMap<string, string | null>;
  readonly receipts: readonly Receipt[];
  /** What processes said that ended by a bug. */
  readonly bugs: readonly string[];
  readonly people: Pick<BusyPeople, 'tallies' | 'refusals'>;
  /** When `stored` and `shown` were read. */
  readonly readFromMs: number;
  readonly readUntilMs: number;
  readonly clockErrorMs: number;
  readonly sourceId: number;
  /** In force at the end. */
  readonly rules: IdentityRules;
}

/** The same for a customer as worked out and for a profile as shown. */
export function nameOfCustomer({ identifiers }: { readonly identifiers: readonly Parameters<typeof nameOf>[0][] }): string {
  return identifiers.map(nameOf).sort().join(' ');
}

export function sorted(entries: Iterable<readonly [string, unknown]>): readonly (readonly [string, unknown])[] {
  return [...entries].sort(([one], [other]) => (one < other ? -1 : 1));
}

export function counted(names: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}
