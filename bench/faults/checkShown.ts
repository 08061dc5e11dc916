import { publicId } from '../../src/kernel/ids';
import { interactionId } from '../../src/timeline/interactionId';
import { type Compared, compareMaps } from './comparison';
import { nameOf, type PlainCustomer, type PlainMessage, plainAccounts } from './plainCustomers';
import { happened } from './plainSegments';
import type { ShownProfile } from './shownProfiles';
import { nameOfCustomer, sorted, type Witness } from './witness';

/** What the API shows of each profile: what it did, what it said, and what that comes to. */
export function checkShown({ shown, sourceId, readFromMs }: Witness, customers: readonly PlainCustomer[]): Compared[] {
  const compare = (what: string, expected: (customer: PlainCustomer) => unknown, found: (profile: ShownProfile) => unknown) =>
    compareMaps(
      what,
      new Map(customers.map((each) => [nameOfCustomer(each), expected(each)])),
      new Map(shown.map((each) => [nameOfCustomer(each), found(each)])),
    );
  const bought = (customer: PlainCustomer) => happened(customer, 'Bought', readFromMs);
  const ordered = (customer: PlainCustomer) => happened(customer, 'Order Completed', readFromMs);
  return [
    compare(
      'timelines',
      ({ messages }) => newestFirst(messages, sourceId),
      ({ timeline }) => timeline,
    ),
    compare(
      'traits',
      ({ traits }) => sorted(traits),
      ({ traits }) => sorted(Object.entries(traits)),
    ),
    compare(
      'computed traits',
      (customer) => [bought(customer).length, total(bought(customer), 'amount')],
      ({ computedTraits }) => [computedTraits['purchases'] ?? 0, computedTraits['spent'] ?? 0],
    ),
    compare(
      'accounts of profiles',
      ({ accounts }) => [...accounts].sort(),
      ({ accounts }) => accounts.map(({ externalId }) => externalId).sort(),
    ),
    compare(
      'consents',
      ({ consents }) => sorted(consents),
      ({ consents }) => sorted(consents.map(({ purpose, granted }) => [purpose, granted] as const)),
    ),
    compare(
      'orders and revenue',
      (customer) => [ordered(customer).length, total(ordered(customer), 'total')],
      ({ value: { orders, revenue } }) => [orders, Number(revenue?.amount ?? 0)],
    ),
  ];
}

/** Message ids. */
function newestFirst(messages: readonly PlainMessage[], sourceId: number): string[] {
  return messages
    .map(({ messageId, atMs }) => ({ messageId, atMs, id: interactionId(sourceId, messageId) }))
    .sort((one, other) => other.atMs - one.atMs || (one.id < other.id ? 1 : -1))
    .map(({ messageId }) => messageId);
}

function total(messages: readonly PlainMessage[], property: string): number {
  return messages.reduce((sum, { properties }) => sum + Number(properties[property]), 0);
}

export function checkAccounts({ shown }: Witness, messages: readonly PlainMessage[]): Compared {
  const expected = [...plainAccounts(messages)].map(([externalId, traits]) => [externalId, sorted(traits)] as const);
  const found = shown.flatMap(({ accounts }) =>
    accounts.map(({ externalId, traits }) => [externalId, sorted(Object.entries(traits))] as const),
  );
  return compareMaps('traits of accounts', new Map(expected), new Map(found));
}

/** An id once given out goes on answering: whoever the profile was merged into, and so on. */
export function checkIds({ stored, shown, answers }: Witness): Compared[] {
  const mergedInto = new Map(stored.profiles.map(({ profile_id, merged_into }) => [profile_id, merged_into]));
  const answering = (id: string): string => {
    const survivor = mergedInto.get(id);
    return survivor ? answering(survivor) : publicId('Profile', id);
  };
  const retired = stored.profiles.filter(({ merged_into }) => merged_into !== null);
  const living = new Map(stored.identifiers.map(({ name, profile_id }) => [name, publicId('Profile', profile_id)]));
  const shownIds = shown.flatMap(({ id, identifiers }) => identifiers.map((each) => [nameOf(each), id] as const));
  return [
    compareMaps('ids of profiles, by identifier', living, new Map(shownIds)),
    compareMaps(
      'ids of merged profiles that answer',
      new Map(retired.map(({ profile_id }) => [publicId('Profile', profile_id), answering(profile_id)])),
      answers,
    ),
  ];
}
