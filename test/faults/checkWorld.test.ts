import { noDeeds } from '../../bench/faults/busyPeople';
import { checkWorld } from '../../bench/faults/checkWorld';
import { linksOf, nameOf, type PlainDecisions, plainCustomers } from '../../bench/faults/plainCustomers';
import { FAMILIES, FIRST_SEGMENTS, plainSegmentOf, segmentsWith } from '../../bench/faults/plainSegments';
import type { SentMessage } from '../../bench/faults/randomTraffic';
import { readPlainly } from '../../bench/faults/readPlainly';
import type { ShownProfile } from '../../bench/faults/shownProfiles';
import type { StoredWorld } from '../../bench/faults/storedWorld';
import type { Witness } from '../../bench/faults/witness';
import { DEFAULT_IDENTITY_RULES } from '../../src/identity/rules';
import { publicId } from '../../src/kernel/ids';
import type { Json } from '../../src/kernel/json';

const NOW_MS = Date.UTC(2026, 10, 27, 12);
const at = (minutes: number) => new Date(NOW_MS - minutes * 60_000).toISOString();
const NOTHING_DECIDED: PlainDecisions = { joins: [], labels: new Map() };
const SEGMENT = '01a2b3c4-0000-7000-8000-00000000000a';
const profileId = (n: number) => `01a2b3c4-0000-7000-8000-${String(n).padStart(12, '0')}`;

const ADA = { userId: 'ada', anonymousId: 'device' };
const SENT: readonly SentMessage[] = [
  { type: 'identify', messageId: 'm1', ...ADA, traits: { score: 10, email: 'Ada@Example.com' }, timestamp: at(30) },
  { type: 'identify', messageId: 'm2', ...ADA, traits: { score: 80 }, timestamp: at(20) },
  { type: 'track', messageId: 'm3', anonymousId: 'device', event: 'Bought', properties: { amount: 7 }, timestamp: at(10) },
  { type: 'track', messageId: 'm4', userId: 'bob', event: 'Consent Given', properties: { purpose: 'email' }, timestamp: at(5) },
  { type: 'track', messageId: 'm5', userId: 'bob', event: 'Consent Withdrawn', properties: { purpose: 'email' }, timestamp: at(4) },
  { type: 'group', messageId: 'm7', userId: 'bob', groupId: 'acme', traits: { seats: 3 }, timestamp: at(2) },
  { type: 'track', messageId: 'm6', userId: 'bob', event: 'Order Completed', properties: { order_id: 'o', total: 9 }, timestamp: at(3) },
];

/** What a system in order would have to show for what was sent. */
function anOrderlyWorld(): Witness {
  const messages = SENT.map((message) => readPlainly(message, Date.parse(String(message.timestamp))));
  const [bob, ada] = plainCustomers(messages, NOTHING_DECIDED, DEFAULT_IDENTITY_RULES);
  const customers = [ada!, bob!];
  const definition = FAMILIES['score']?.(2).definition as Json;
  const inSegment = customers.map((each) => segmentsWith(new Map([['score', plainSegmentOf(definition)]]), each, NOW_MS).has('score'));
  const members = customers.flatMap((_, n) => (inSegment[n] ? [profileId(n)] : []));
  const owned = (name: string) => messages.filter(({ identifiers }) => nameOf(identifiers[0]!) === name);
  const changes = members.map((profile, n) => ({
    change_id: profileId(100 + n),
    type: 'segment.entered',
    profile_id: profile,
    segment_id: SEGMENT,
    status: 'DELIVERED',
  }));
  const stored: StoredWorld = {
    interactions: messages.map(({ messageId, identifiers, atMs, name, properties }) => {
      return { message_id: messageId, owner: nameOf(identifiers[0]!), at_ms: atMs, name, properties };
    }),
    identifiers: customers.flatMap(({ identifiers }, n) =>
      identifiers.map((each) => ({ name: nameOf(each), profile_id: profileId(n), interactions: owned(nameOf(each)).length })),
    ),
    links: linksOf(messages, NOTHING_DECIDED).map(({ left, right, firstSeenAtMs, lastSeenAtMs, alias }) => {
      return {
        left: nameOf(left as never),
        right: nameOf(right as never),
        first_ms: firstSeenAtMs,
        last_ms: lastSeenAtMs,
        alias,
        decided_ms: null,
      };
    }),
    profiles: customers.map((_, n) => ({ profile_id: profileId(n), merged_into: null })),
    merges: [],
    decisions: NOTHING_DECIDED,
    segments: [{ segment_id: SEGMENT, key: 'score', size: members.length, definition: definition as never, is_changed: false }],
    memberships: members.map((profile) => ({ segment_id: SEGMENT, profile_id: profile })),
    changes,
    deeds: [{ action: 'createSegment', count: FIRST_SEGMENTS.length }],
    deadLetters: 0,
  };
  const shown: ShownProfile[] = customers.map((customer, n) => ({
    id: publicId('Profile', profileId(n)),
    identifiers: customer.identifiers,
    traits: Object.fromEntries(customer.traits),
    computedTraits: n === 0 ? { purchases: 1, spent: 7 } : {},
    accounts: [...customer.accounts].map((externalId) => ({ externalId, traits: { seats: 3 } })),
    consents: [...customer.consents].map(([purpose, granted]) => ({ purpose, granted })),
    value: n === 0 ? { orders: 0, revenue: null } : { orders: 1, revenue: { amount: '9.00' } },
    previousIds: [],
    timeline: [...customer.messages].reverse().map(({ messageId }) => messageId),
  }));
  const receipts = changes.map(({ change_id, type, profile_id }) => ({
    webhookId: publicId('Change', change_id),
    type,
    profileId: publicId('Profile', profile_id),
    segmentId: publicId('Segment', SEGMENT),
    isSigned: true,
    isTaken: true,
  }));
  const accepted = SENT.map((message) => ({ message, firstSentAtMs: NOW_MS, acknowledgedAtMs: NOW_MS }));
  const people = { tallies: noDeeds(), refusals: new Map() };
  const read = { readFromMs: NOW_MS, readUntilMs: NOW_MS, clockErrorMs: 0, sourceId: 1, rules: DEFAULT_IDENTITY_RULES };
  return { accepted, stored, shown, answers: new Map(), receipts, people, bugs: [], ...read };
}

/** What is found not to be as it should. */
function differing(witness: Witness): string[] {
  return checkWorld(witness).flatMap(({ what, differences }) => (differences.length > 0 ? [what] : []));
}

const world = anOrderlyWorld();
const storing = (change: Partial<StoredWorld>): Witness => ({ ...world, stored: { ...world.stored, ...change } });
const showing = (change: Partial<ShownProfile>): Witness => ({
  ...world,
  shown: world.shown.map((each, n) => (n === 0 ? { ...each, ...change } : each)),
});
const [first, ...rest] = world.stored.interactions;

it('finds nothing where all is in order', () => {
  expect(world.stored.identifiers.map(({ profile_id }) => profile_id).sort()).toEqual([
    profileId(0),
    profileId(0),
    profileId(0),
    profileId(1),
  ]);
  expect(world.stored.memberships).toHaveLength(1);
  expect(differing(world)).toEqual([]);
});

it.each<[string, Witness, string]>([
  ['a message that is on no timeline', storing({ interactions: rest }), 'messages on a timeline, by the identifier that owns them'],
  [
    'one that is told twice',
    storing({ interactions: [first!, first!, ...rest] }),
    'messages on a timeline, by the identifier that owns them',
  ],
  ['one at another time', storing({ interactions: [{ ...first!, at_ms: first!.at_ms + 1 }, ...rest] }), 'times of messages'],
  ['a link that is forgotten', storing({ links: world.stored.links.slice(1) }), 'links'],
  [
    'strangers who are one',
    storing({ identifiers: world.stored.identifiers.map((each) => ({ ...each, profile_id: profileId(0) })) }),
    'profiles, by their identifiers',
  ],
  [
    'a count that is wrong',
    storing({ identifiers: world.stored.identifiers.map((each) => ({ ...each, interactions: each.interactions + 1 })) }),
    'interactions counted by identifier',
  ],
  ['a timeline in another order', showing({ timeline: [...world.shown[0]!.timeline].reverse() }), 'timelines'],
  ['a trait of before', showing({ traits: { ...world.shown[0]!.traits, score: 10 } }), 'traits'],
  ['a purchase that is not counted', showing({ computedTraits: { purchases: 0, spent: 7 } }), 'computed traits'],
  ['a consent that nobody gave', showing({ consents: [{ purpose: 'sms', granted: true }] }), 'consents'],
  ['a company that nobody named', showing({ accounts: [{ externalId: 'acme', traits: { seats: 3 } }] }), 'accounts of profiles'],
  [
    'what was never said of a company',
    {
      ...world,
      shown: world.shown.map((each) => ({ ...each, accounts: each.accounts.map(({ externalId }) => ({ externalId, traits: {} })) })),
    },
    'traits of accounts',
  ],
  ['a profile under another id', showing({ id: 'prf_x' }), 'ids of profiles, by identifier'],
  [
    'an id that is dead',
    storing({ profiles: [...world.stored.profiles, { profile_id: profileId(7), merged_into: profileId(0) }] }),
    'ids of merged profiles that answer',
  ],
  ['revenue of somebody else', showing({ value: { orders: 0, revenue: { amount: '1' } } }), 'orders and revenue'],
  ['a membership that is missing', storing({ memberships: [] }), 'memberships'],
  ['a size that is wrong', storing({ segments: world.stored.segments.map((each) => ({ ...each, size: 2 })) }), 'sizes of segments'],
  ['a change that was never delivered', { ...world, receipts: [] }, 'changes delivered'],
  ['one that was only refused', { ...world, receipts: world.receipts.map((each) => ({ ...each, isTaken: false })) }, 'changes delivered'],
  ['a delivery of nothing', storing({ changes: [] }), 'deliveries of what there was'],
  [
    'one of somebody else',
    { ...world, receipts: world.receipts.map((each) => ({ ...each, profileId: 'prf_x' })) },
    'deliveries of what there was',
  ],
  ['one that is not signed', { ...world, receipts: world.receipts.map((each) => ({ ...each, isSigned: false })) }, 'signatures'],
  [
    'a decision that was told and not carried out',
    { ...world, people: { ...world.people, tallies: { ...noDeeds(), undoMerge: { acknowledged: 1, refused: 0, unknown: 0 } } } },
    'decisions carried out',
  ],
  ['a process that a bug ended', { ...world, bugs: ['a bug ended this process'] }, 'processes that no bug ended'],
  [
    'a fault of ours',
    { ...world, people: { ...world.people, refusals: new Map([['undoMerge: INTERNAL', 1]]) } },
    'refusals with a code of ours',
  ],
  [
    'entering twice',
    storing({ changes: [...world.stored.changes, { ...world.stored.changes[0]!, change_id: profileId(200) }] }),
    'entering and leaving by turns',
  ],
])('finds %s', (_what, witness, difference) => {
  expect(differing(witness)).toContain(difference);
});
