import fc from 'fast-check';
import type { Channel, InteractionKind } from '../../../src/kernel/vocabulary';
import type { Fact } from '../../../src/measures/fact';
import { type Friction, findFriction } from '../../../src/measures/friction/friction';
import { FRICTION_KINDS } from '../../../src/measures/friction/signal';
import { DAY_MS, factory, type Happening, HOUR_MS, historyOf, MINUTE_MS, MONDAY_MS } from './history';

const WORDS = [
  'This is horrible and I hate it',
  'I love it, great!',
  'Order #1042 is missing',
  'I want to talk to a human',
  'Thanks!',
  'A complaint: the blue kettle I bought in May has stopped heating after two weeks of use',
  'You are an idiot',
];
const KINDS: readonly InteractionKind[] = [
  'CONVERSATION_OPENED',
  'CONVERSATION_REPLIED',
  'CONVERSATION_REPLIED',
  'CONVERSATION_SOLVED',
  'CONVERSATION_REOPENED',
  'CONVERSATION_CLOSED',
  'CONVERSATION_ON_HOLD',
  'BOT_REPLIED',
  'BOT_HANDED_OFF',
  'CALL_STARTED',
  'CALL_ENDED',
  'CALL_ABANDONED',
  'PAYMENT_FAILED',
  'PAYMENT_MADE',
  'ERROR_SEEN',
  'CART_UPDATED',
  'ORDER_PLACED',
  'EMAIL_SENT',
  'SURVEY_ANSWERED',
  'FEEDBACK_GIVEN',
  'REVIEW_POSTED',
];
const GAPS_MS = [0, 1, MINUTE_MS, 2 * MINUTE_MS, 10 * MINUTE_MS, HOUR_MS, 8 * HOUR_MS, DAY_MS, 3 * DAY_MS, 7 * DAY_MS];

interface Step {
  readonly gapMs: number;
  readonly happening: Happening;
}

const happening: fc.Arbitrary<Step> = fc.record({
  gapMs: fc.constantFrom(...GAPS_MS),
  happening: fc.record({
    kind: fc.constantFrom(...KINDS),
    ticket: fc.constantFrom('1', '1', '2', null),
    channel: fc.constantFrom<Channel>('CHAT', 'EMAIL', 'PHONE'),
    direction: fc.constantFrom<'INBOUND' | 'OUTBOUND'>('INBOUND', 'INBOUND', 'OUTBOUND'),
    properties: fc.record({
      comment: fc.constantFrom(...WORDS),
      description: fc.constantFrom(...WORDS),
      agent_name: fc.constantFrom('Sam', 'Kim'),
      survey_type: fc.constantFrom('nps', 'csat'),
      score: fc.integer({ min: 0, max: 10 }),
      campaign_name: fc.constant('Spring'),
      products: fc.constantFrom([{ product_id: 'p1' }], [{ product_id: 'p2' }], []),
    }),
  }),
});

const errors = fc.constant<Step[]>([0, 1, MINUTE_MS].map((gapMs) => ({ gapMs, happening: { kind: 'ERROR_SEEN' } })));
const steps = fc.oneof({ weight: 20, arbitrary: happening.map((step) => [step]) }, { weight: 1, arbitrary: errors });

/** Sources can't be trusted about direction, but nobody sends a bot's words as the customer's. */
const facts: fc.Arbitrary<Fact[]> = fc.array(steps, { minLength: 1, maxLength: 14 }).map((happenings) => {
  const make = factory();
  let atMs = 0;
  return happenings.flat().map(({ gapMs, happening: { direction, ...rest } }) => {
    atMs += gapMs;
    return make({
      ...rest,
      atMs,
      ...(direction && /REPLIED|OPENED|STARTED/.test(rest.kind) && rest.kind !== 'BOT_REPLIED' ? { direction } : {}),
    });
  });
});
const laterMs = fc.integer({ min: 0, max: 60 * DAY_MS }).map((ms) => MONDAY_MS + ms);
const lastMs = (known: readonly Fact[]) => Math.max(...known.map(({ occurredAtMs }) => occurredAtMs));

function at(known: readonly Fact[], nowMs: number): Friction {
  return findFriction(historyOf(known), nowMs);
}

describe('Friction', () => {
  it('does not depend on the order in which facts come, nor on how often', () => {
    fc.assert(
      fc.property(
        facts.chain((known) => fc.tuple(fc.constant(known), fc.shuffledSubarray(known, { minLength: known.length }), fc.subarray(known))),
        laterMs,
        ([known, shuffled, again], nowMs) => {
          const history = historyOf(known);
          expect(findFriction({ ...history, facts: [...shuffled, ...again] }, nowMs)).toEqual(findFriction(history, nowMs));
        },
      ),
    );
  });

  it('answers the same at any time before the next moment that it names, and otherwise at that moment', () => {
    fc.assert(
      fc.property(facts, laterMs, fc.double({ min: 0, max: 1, noNaN: true }), (known, nowMs, share) => {
        const { signals, nextAtMs } = at(known, nowMs);
        const untilMs = (nextAtMs ?? nowMs + 1000 * DAY_MS) - 1;
        const betweenMs = nowMs + Math.floor((untilMs - nowMs) * share);
        expect(at(known, betweenMs)).toEqual({ signals, nextAtMs });
        expect(at(known, untilMs).signals).toEqual(signals);
        if (nextAtMs !== null) expect(at(known, nextAtMs).signals).not.toEqual(signals);
      }),
    );
  });

  it('keeps the key and the first moment of a sign as the clock moves on, and never resolves it twice', () => {
    fc.assert(
      fc.property(facts, laterMs, laterMs, (known, oneMs, otherMs) => {
        const [earlier, later] = [Math.min(oneMs, otherMs), Math.max(oneMs, otherMs)];
        const after = new Map(at(known, later).signals.map((signal) => [signal.key, signal]));
        for (const signal of at(known, earlier).signals) {
          expect(after.get(signal.key)).toMatchObject({ detectedAtMs: signal.detectedAtMs, evidence: signal.evidence });
          if (signal.resolvedAtMs !== null) expect(after.get(signal.key)).toEqual(signal);
        }
      }),
    );
  });

  it('names each sign once, with evidence, detected by now and not resolved before', () => {
    fc.assert(
      fc.property(facts, laterMs, (known, nowMs) => {
        const { signals } = at(known, nowMs);
        const ids = new Set(known.map(({ interactionId }) => interactionId));
        expect(new Set(signals.map(({ key }) => key)).size).toBe(signals.length);
        for (const { evidence, detectedAtMs, resolvedAtMs, message } of signals) {
          expect(evidence.length).toBeGreaterThan(0);
          expect(evidence.every((id) => ids.has(id))).toBe(true);
          expect(detectedAtMs).toBeLessThanOrEqual(nowMs);
          if (resolvedAtMs !== null) expect(resolvedAtMs).toBeGreaterThanOrEqual(detectedAtMs);
          expect(message).not.toMatch(/undefined|NaN|null|Infinity/);
        }
      }),
    );
  });

  it('loses no signs of unrelated facts when others are added', () => {
    fc.assert(
      fc.property(facts, (known) => {
        const make = factory();
        const nowMs = lastMs(known) + 30 * DAY_MS;
        const viewed = make({ kind: 'SEARCHED', id: 'unrelated', atMs: 0 });
        expect(at([...known, viewed], nowMs)).toEqual(at(known, nowMs));
      }),
    );
  });

  it('can be of every kind', () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(facts, (known) => {
        for (const { kind } of at(known, lastMs(known) + 10 * DAY_MS).signals) seen.add(kind);
      }),
      { numRuns: 600, seed: 4 },
    );
    expect([...seen].sort()).toEqual([...FRICTION_KINDS].sort());
  });
});
