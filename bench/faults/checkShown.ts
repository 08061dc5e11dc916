import { publicId } from '../../src/kernel/ids';
import { interactionId } from '../../src/timeline/interactionId';
import { type Compared, compareMaps } from './comparison';
import { nameOf, type PlainCustomer, type PlainMessage, plainAccounts } from './plainCustomers';
import { happened } from './plainSegments';
import type { ShownProfile } from './shownProfiles';
import { nameOfCustomer, sorted, type Witness } from './witness';

export function checkShown({ shown, sourceId, readFromMs }: Witness, customers: readonly PlainCustomer[]): Compared[] {
  const byName = (of: (customer: PlainCustomer) => unknown) => new Map(customers.map((each) => [nameOfCustomer(each), of(each)] as const));
  const shownAs = (of: (profile: ShownProfile) => unknown) => new Map(shown.map((each) => [nameOfCustomer(each), of(each)] as const));
  const bought = (customer: PlainCustomer) => happened(customer, 'Bought', readFromMs);
  const sum = (messages: readonly PlainMessage[], property: string) =>
    messages.reduce((total, { properties }) => total + Number(properties[property]), 0);
  const order = (customer: PlainCustomer) =>
    customer.messages
      .map(({ messageId, atMs }) => ({ messageId, atMs, id: interactionId(sourceId, messageId) }))
      .sort((one, other) => other.atMs - one.atMs || (one.id < other.id ? 1 : -1));
  return [
    compareMaps(
      'timelines',
      byName((customer) => order(customer).map(({ messageId }) => messageId)),
      shownAs(({ timeline }) => timeline),
    ),
    compareMaps(
      'traits',
      byName(({ traits }) => sorted(traits)),
      shownAs(({ traits }) => sorted(Object.entries(traits))),
    ),
    compareMaps(
      'computed traits',
      byName((customer) => ({ purchases: bought(customer).length, spent: sum(bought(customer), 'amount') })),
      shownAs(({ computedTraits }) => ({ purchases: computedTraits['purchases'] ?? 0, spent: computedTraits['spent'] ?? 0 })),
    ),
    compareMaps(
      'accounts of profiles',
      byName(({ accounts }) => [...accounts].sort()),
      shownAs(({ accounts }) => accounts.map(({ externalId }) => externalId).sort()),
    ),
    compareMaps(
      'consents',
      byName(({ consents }) => sorted(consents)),
      shownAs(({ consents }) => sorted(consents.map(({ purpose, granted }) => [purpose, granted] as const))),
    ),
    compareMaps(
      'orders and revenue',
      byName((customer) => {
        const orders = happened(customer, 'Order Completed', readFromMs);
        return [orders.length, sum(orders, 'total')];
      }),
      shownAs(({ value: { orders, revenue } }) => [orders, Number(revenue?.amount ?? 0)]),
    ),
  ];
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
