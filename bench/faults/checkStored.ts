import { publicId } from '../../src/kernel/ids';
import { type Compared, compareMaps, compareSets } from './comparison';
import { linksOf, nameOf, type PlainCustomer, type PlainIdentifier, type PlainMessage } from './plainCustomers';
import { plainSegmentOf, segmentsWith } from './plainSegments';
import { possibleTimes } from './readPlainly';
import { counted, nameOfCustomer, sorted, type Witness } from './witness';

/** Time alone may change a membership just before it is read. */
const FOLLOWED_WITHIN_MS = 10_000;

export function checkMessages({ accepted, stored, clockErrorMs }: Witness, messages: readonly PlainMessage[]): Compared[] {
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

export function checkLinks({ stored }: Witness, messages: readonly PlainMessage[]): Compared {
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

export function checkProfiles({ stored }: Witness, customers: readonly PlainCustomer[]): Compared[] {
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

export function checkMemberships({ stored, shown, readFromMs, readUntilMs }: Witness, customers: readonly PlainCustomer[]): Compared[] {
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
