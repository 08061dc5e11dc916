import fc from 'fast-check';
import type { Json, JsonObject } from '../../src/kernel/json';
import type { MatchedEvent, Subject } from '../../src/segments/subject';
import { eventKey } from '../../src/segments/trackedEventKey';
import { DAY, eventMap, HOUR, NOW, spec, subject } from './builders';

/** Few words, so that conditions meet what is there. */
const KINDS = ['SEARCHED', 'ORDER_PLACED', 'SIGNED_IN'] as const;
const TRAITS = ['plan', 'seats', 'trialEndsAt', 'tags', 'address.city'] as const;
const WORDS = ['pro', 'free', 'p', '', 'ｚ', '😀'] as const;
const INSTANTS = [
  '2026-11-27',
  '2026-11-27T12:00:00Z',
  '2026-11-27T11:59:59.999Z',
  '2026-11-25T12:00+02:00',
  '2026-12-01 00:00',
  'soon',
] as const;

const constant = fc.oneof(fc.constantFrom(...WORDS, ...INSTANTS), fc.integer({ min: -1, max: 3 }), fc.boolean());
const ordered = fc.oneof(fc.constantFrom(...WORDS), fc.integer({ min: -1, max: 3 }), fc.constantFrom(0.5, 1.5));
const moment = fc.constantFrom(...INSTANTS.slice(0, -1), 'now', 'now-1d', 'now+1d', 'now-36h', 'now+4d');

const comparison: fc.Arbitrary<JsonObject> = fc.oneof(
  fc.record({ op: fc.constantFrom('eq', 'neq', 'contains'), value: constant }),
  fc.record({ op: fc.constantFrom('gt', 'gte', 'lt', 'lte'), value: ordered }),
  fc.record({ op: fc.constant('in'), value: fc.array(constant, { minLength: 1, maxLength: 3 }) }),
  fc.record({ op: fc.constant('startsWith'), value: fc.constantFrom(...WORDS) }),
  fc.record({ op: fc.constant('exists'), value: fc.boolean() }),
  fc.record({ op: fc.constantFrom('before', 'after'), value: moment }),
);
const numberComparison: fc.Arbitrary<JsonObject> = fc.oneof(
  fc.record({ op: fc.constantFrom('eq', 'neq', 'gt', 'gte', 'lt', 'lte'), value: fc.constantFrom(-1, 0, 1, 1.5, 2, 3) }),
  fc.record({ op: fc.constant('in'), value: fc.array(fc.constantFrom(0, 1, 2, 4), { minLength: 1, maxLength: 3 }) }),
);

const window: fc.Arbitrary<JsonObject> = fc
  .record({ within: fc.option(fc.constantFrom(2, 24, 48), { nil: null }), olderThan: fc.option(fc.constantFrom(1, 12, 24), { nil: null }) })
  .map(({ within, olderThan }) => ({
    ...(within !== null && { within: `${within}h` }),
    ...(olderThan !== null && (within === null || olderThan < within) && { olderThan: `${olderThan}h` }),
  }));
const event: fc.Arbitrary<JsonObject> = fc.constantFrom(...KINDS).map((kind) => ({ kind }));
const count = fc.record({ op: fc.constantFrom('eq', 'neq', 'gt', 'gte', 'lt', 'lte'), value: fc.integer({ min: 0, max: 4 }) });

export const eventCondition: fc.Arbitrary<JsonObject> = fc.tuple(event, count, window).map(([of, counted, inside]) => ({
  event: of,
  count: counted,
  ...inside,
}));
export const sequenceCondition: fc.Arbitrary<JsonObject> = fc
  .tuple(fc.array(event, { minLength: 2, maxLength: 3 }), window)
  .map(([sequence, inside]) => ({ sequence, ...inside }));

const leaf: fc.Arbitrary<JsonObject> = fc.oneof(
  { weight: 3, arbitrary: eventCondition },
  { weight: 2, arbitrary: sequenceCondition },
  { weight: 3, arbitrary: fc.tuple(fc.constantFrom(...TRAITS), comparison).map(([trait, compared]) => ({ trait, ...compared })) },
  { weight: 1, arbitrary: comparison.map((compared) => ({ computed: 'last_word', ...compared })) },
  { weight: 1, arbitrary: comparison.map((compared) => ({ account: 'plan', ...compared })) },
  { weight: 1, arbitrary: comparison.map((compared) => ({ account: { externalId: true }, ...compared })) },
  {
    weight: 2,
    arbitrary: fc
      .tuple(fc.constantFrom('orders', 'lastSeenDaysAgo', 'firstSeenDaysAgo'), numberComparison)
      .map(([measure, compared]) => ({ measure, ...compared })),
  },
  { weight: 1, arbitrary: fc.constantFrom('email', 'sms').map((consent) => ({ consent })) },
);

/** A definition's JSON; may name the segments given. */
export function definitionArbitrary(segmentKeys: readonly string[] = []): fc.Arbitrary<JsonObject> {
  const named = segmentKeys.map((segment) => fc.constant<JsonObject>({ segment }));
  const { condition } = fc.letrec<{ condition: JsonObject }>((tie) => ({
    condition: fc.oneof(
      { maxDepth: 3, withCrossShrink: true },
      fc.oneof(leaf, ...named),
      fc.array(tie('condition'), { maxLength: 3 }).map((all) => ({ all })),
      fc.array(tie('condition'), { maxLength: 3 }).map((any) => ({ any })),
      tie('condition').map((not) => ({ not })),
    ),
  }));
  return condition;
}

const value: fc.Arbitrary<Json> = fc.oneof(constant, fc.constant(null), fc.array(constant, { maxLength: 3 }), fc.constant({ city: 'p' }));
/** Around the edges of windows, and ahead. */
const ago = fc.oneof(
  fc.tuple(fc.constantFrom(-24, -1, 0, 1, 2, 12, 24, 36, 48, 60), fc.constantFrom(-1, 0, 1)).map(([hours, edge]) => hours * HOUR + edge),
  fc.integer({ min: -DAY, max: 4 * DAY }),
);

export const subjectArbitrary: fc.Arbitrary<Subject> = fc
  .record({
    happened: fc.array(fc.tuple(fc.constantFrom(...KINDS), ago), { maxLength: 12 }),
    traits: fc.dictionary(fc.constantFrom('plan', 'seats', 'trialEndsAt', 'tags', 'address'), value, { maxKeys: 5 }),
    word: fc.option(value, { nil: undefined }),
    orders: fc.option(fc.integer({ min: 0, max: 3 }), { nil: undefined }),
    seenAgo: fc.tuple(ago, ago),
    consents: fc.dictionary(fc.constantFrom('email', 'sms'), fc.boolean()),
    accounts: fc.array(fc.record({ externalId: fc.constantFrom(...WORDS), traits: fc.record({ plan: value }) }), { maxLength: 2 }),
  })
  .map(({ happened, traits, word, orders, seenAgo, consents, accounts }) =>
    subject({
      traits,
      consents,
      accounts,
      events: eventMap(...KINDS.map((kind) => [spec(kind), ascending(happened, kind)] as const)),
      computed: word === undefined ? {} : { last_word: { value: word, nextAtMs: null } },
      measures: orders === undefined ? {} : { orders },
      firstSeenAtMs: NOW - Math.max(...seenAgo),
      lastSeenAtMs: NOW - Math.min(...seenAgo),
    }),
  );

const more = fc.array(fc.tuple(fc.constantFrom(...KINDS), ago), { minLength: 1, maxLength: 12 });

/** Somebody, and the same with more events; by the keys of those that may be more. */
export const subjectAndMore: fc.Arbitrary<readonly [Subject, (keys: (eventKey: string) => boolean) => Subject]> = fc
  .tuple(subjectArbitrary, more)
  .map(([of, happened]) => [
    of,
    (isMore) => ({
      ...of,
      events: new Map(
        KINDS.map((kind) => {
          const key = eventKey(spec(kind));
          const known = of.events.get(key) ?? [];
          const all = [...known, ...(isMore(key) ? ascending(happened, kind) : [])];
          return [key, all.sort((a, b) => a.occurredAtMs - b.occurredAtMs)];
        }),
      ),
    }),
  ]);

/** One interaction is of one kind, and two of the same time have an order. */
function ascending(happened: readonly (readonly [string, number])[], wanted: string): MatchedEvent[] {
  const all = happened.map(([kind, before], index) => ({ kind, occurredAtMs: NOW - before, interactionId: `i${String(99 - index)}` }));
  const ofKind = all.filter(({ kind }) => kind === wanted).map(({ occurredAtMs, interactionId }) => ({ occurredAtMs, interactionId }));
  return ofKind.sort((a, b) => a.occurredAtMs - b.occurredAtMs || (a.interactionId < b.interactionId ? -1 : 1));
}
