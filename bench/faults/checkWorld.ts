import type { IdentityRules } from '../../src/identity/rules';
import { publicId } from '../../src/kernel/ids';
import { interactionId } from '../../src/timeline/interactionId';
import { checkDeliveries } from './checkDeliveries';
import { type Compared, compareMaps, compareSets } from './comparison';
import type { AcceptedMessage } from './persistentSender';
import { linksOf, nameOf, type PlainCustomer, type PlainIdentifier, type PlainMessage, plainCustomers } from './plainCustomers';
import { happened, plainSegmentOf, segmentsWith } from './plainSegments';
import { possibleTimes, readPlainly } from './readPlainly';
import type { ShownProfile } from './shownProfiles';
import type { StoredWorld } from './storedWorld';
import type { Receipt } from './webhookReceiver';

export interface Witness {
  readonly accepted: readonly AcceptedMessage[];
  readonly stored: StoredWorld;
  readonly shown: readonly ShownProfile[];
  readonly receipts: readonly Receipt[];
  /** When `stored` and `shown` were read. */
  readonly readFromMs: number;
  readonly readUntilMs: number;
  readonly clockErrorMs: number;
  readonly sourceId: number;
  /** In force at the end. */
  readonly rules: IdentityRules;
}

/** Time alone may change a membership just before it is read. */
const FOLLOWED_WITHIN_MS = 10_000;

/** Works out everything anew from the accepted messages and what people decided, and compares it with what is stored, shown and delivered. */
export function checkWorld(witness: Witness): Compared[] {
  const { stored } = witness;
  const messages = plainMessages(witness);
  const customers = plainCustomers(messages, stored.decisions, witness.rules);
  return [
    ...checkMessages(witness, messages),
    checkLinks(witness, messages),
    ...checkProfiles(witness, customers),
    ...checkShown(witness, customers),
    ...checkMemberships(witness, customers),
    ...checkDeliveries(stored, witness.receipts),
  ];
}

/** Those that were sent, at the time that they are stored with; and what the API itself wrote down of consents. */
function plainMessages({ accepted, stored }: Witness): PlainMessage[] {
  const sent = new Map(accepted.map((each) => [each.message.messageId, each.message]));
  const storedAt = new Map(stored.interactions.map(({ message_id, at_ms }) => [message_id, at_ms]));
  const own = stored.interactions.filter(({ message_id, name }) => !sent.has(message_id) && name === 'Consent Changed');
  return [
    ...[...sent.values()].map((message) => readPlainly(message, storedAt.get(message.messageId) ?? Number.NaN)),
    ...own.map(({ message_id, at_ms, name, properties, owner }) => ({
      messageId: message_id,
      atMs: at_ms,
      name,
      properties: properties ?? {},
      traits: {},
      identifiers: [identifierOf(owner)],
      isAlias: false,
    })),
  ];
}

function checkMessages({ accepted, stored, clockErrorMs }: Witness, messages: readonly PlainMessage[]): Compared[] {
  const atMs = new Map(messages.map((message) => [message.messageId, message.atMs]));
  const wrongTimes = accepted.filter(({ message, ...sent }) => {
    const [earliestMs, latestMs] = possibleTimes(message, sent, clockErrorMs);
    const toldMs = atMs.get(message.messageId) ?? Number.NaN;
    return !(toldMs >= earliestMs && toldMs <= latestMs);
  });
  const asSaid = (id: string, owner: string, name: string, properties: object) =>
    JSON.stringify([id, owner, name, sorted(Object.entries(properties))]);
  return [
    compareMaps(
      'messages on a timeline, by the identifier that owns them',
      counted(
        messages.map(({ messageId, identifiers, name, properties }) =>
          asSaid(messageId, nameOf(identifiers[0] as PlainIdentifier), name, properties),
        ),
      ),
      counted(stored.interactions.map(({ message_id, owner, name, properties }) => asSaid(message_id, owner, name, properties ?? {}))),
    ),
    { what: 'times of messages', compared: accepted.length, differences: wrongTimes.map(({ message }) => JSON.stringify(message)) },
    { what: 'dead letters', compared: 1, differences: stored.deadLetters === 0 ? [] : [`${stored.deadLetters} dead letters`] },
  ];
}

function checkLinks({ stored }: Witness, messages: readonly PlainMessage[]): Compared {
  const expected = linksOf(messages, stored.decisions).map(
    ({ name, firstSeenAtMs, lastSeenAtMs, alias, decidedAtMs }) => [name, [firstSeenAtMs, lastSeenAtMs, alias, decidedAtMs]] as const,
  );
  const found = stored.links.map(({ left, right, first_ms, last_ms, alias, decided_ms }) => {
    return [[left, right].sort().join(' '), [first_ms, last_ms, alias, decided_ms]] as const;
  });
  // A link that was only decided stays when that is revoked, and says nothing.
  const speaking = found.filter(([, [firstMs, , , decidedMs]]) => firstMs !== null || decidedMs !== null);
  return compareMaps('links', new Map(expected), new Map(speaking));
}

function checkProfiles({ stored }: Witness, customers: readonly PlainCustomer[]): Compared[] {
  const groups = new Map<string, string[]>();
  for (const { name, profile_id } of stored.identifiers) groups.set(profile_id, [...(groups.get(profile_id) ?? []), name]);
  const living = new Set(stored.profiles.filter(({ merged_into }) => merged_into === null).map(({ profile_id }) => profile_id));
  const owned = counted(customers.flatMap(({ messages }) => messages.map(({ identifiers }) => nameOf(identifiers[0] as PlainIdentifier))));
  const counts = stored.identifiers
    .filter(({ interactions }) => interactions > 0)
    .map(({ name, interactions }) => [name, interactions] as const);
  return [
    compareSets(
      'profiles, by their identifiers',
      customers.map(nameOfCustomer),
      [...groups.values()].map((names) => names.sort().join(' ')),
    ),
    compareSets('living profiles', groups.keys(), living),
    compareMaps('interactions counted by identifier', owned, new Map(counts)),
  ];
}

function checkShown({ shown, sourceId, readFromMs }: Witness, customers: readonly PlainCustomer[]): Compared[] {
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

function checkMemberships({ stored, shown, readFromMs, readUntilMs }: Witness, customers: readonly PlainCustomer[]): Compared[] {
  const plain = new Map(stored.segments.map(({ key, definition }) => [key, plainSegmentOf(definition)]));
  const profileOf = new Map(shown.map((each) => [nameOfCustomer(each), each.id] as const));
  const keyOf = new Map(stored.segments.map(({ segment_id, key }) => [segment_id, key]));
  const found = new Set(
    stored.memberships.map(({ segment_id, profile_id }) => `${keyOf.get(segment_id)} ${publicId('Profile', profile_id)}`),
  );
  const expected = new Set<string>();
  for (const customer of customers) {
    const before = segmentsWith(plain, customer, readFromMs - FOLLOWED_WITHIN_MS);
    const after = segmentsWith(plain, customer, readUntilMs);
    for (const key of plain.keys()) {
      const place = `${key} ${profileOf.get(nameOfCustomer(customer))}`;
      const isIn = before.has(key) === after.has(key) ? before.has(key) : found.has(place);
      if (isIn) expected.add(place);
    }
  }
  const sizes = stored.segments.map(({ key, size }) => [key, size] as const);
  const members = counted(stored.memberships.map(({ segment_id }) => String(keyOf.get(segment_id))));
  return [
    compareSets('memberships', expected, found),
    compareMaps('sizes of segments', new Map(sizes.map(([key]) => [key, members.get(key) ?? 0])), new Map(sizes)),
  ];
}

function nameOfCustomer({ identifiers }: { readonly identifiers: readonly Parameters<typeof nameOf>[0][] }): string {
  return identifiers.map(nameOf).sort().join(' ');
}

function identifierOf(name: string): PlainIdentifier {
  const [type, ...value] = name.split(':');
  return { type: type as PlainIdentifier['type'], value: value.join(':') };
}

function sorted(entries: Iterable<readonly [string, unknown]>): readonly (readonly [string, unknown])[] {
  return [...entries].sort(([one], [other]) => (one < other ? -1 : 1));
}

function counted(names: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}
