import { type Decimal, divideDecimals, multiplyDecimals, parseDecimal } from '../kernel/decimal';
import type { JsonObject } from '../kernel/json';
import { asMoney, currencyCode, type Money, minorDigits, NO_CURRENCY, noMoney } from '../kernel/money';
import { eventKey } from '../timeline/eventSpecs';
import type { Fact } from './fact';
import { idOf, piecesOf, subjectIdOf } from './factProperties';
import { factsInOrder } from './factsInOrder';

export interface MrrStep {
  readonly fromMs: number;
  /** Nothing while it is cancelled or paused; null while it runs at a price that nobody said. */
  readonly value: Money | null;
}

export interface Subscription {
  readonly key: string;
  /** As the source numbers it; one without a number has the plan's name, or none. */
  readonly externalId: string;
  readonly plan: string | null;
  readonly startedAtMs: number;
  /** Null while it runs or was resumed. */
  readonly cancelledAtMs: number | null;
  /** When it ran, half-open and in order; the last one has no end while it runs. A paused subscription runs. */
  readonly spans: readonly { readonly fromMs: number; readonly toMs: number | null }[];
  /** What it brings a month (monthly recurring revenue), over time; steps in order, each different from the one before. */
  readonly mrr: readonly MrrStep[];
  readonly facts: readonly Fact[];
}

/** A subscription's facts: SUBSCRIPTION_STARTED also is what a resumed one sends. */
const KINDS: readonly string[] = ['SUBSCRIPTION_STARTED', 'SUBSCRIPTION_RENEWED', 'SUBSCRIPTION_CHANGED', 'SUBSCRIPTION_CANCELLED'];

/** A customer's subscriptions, the first started first. Whatever is first heard of one is its start. */
export function subscriptionsOf(facts: readonly Fact[]): Subscription[] {
  const groups = new Map<string, Fact[]>();
  for (const fact of factsInOrder(facts)) {
    if (!KINDS.includes(fact.kind)) continue;
    const key = idOf(fact.properties, 'subscription_id', 'subscriptionId') ?? subjectIdOf(fact, 'subscription') ?? '';
    const group = groups.get(key);
    if (group) group.push(fact);
    else groups.set(key, [fact]);
  }
  const subscriptions = [...groups].flatMap(([key, group]) => subscriptionOf(key, group) ?? []);
  return subscriptions.sort((one, other) => one.startedAtMs - other.startedAtMs);
}

function subscriptionOf(key: string, facts: readonly Fact[]): Subscription | null {
  const [first] = facts;
  if (!first) return null;
  const plan = facts.map(({ properties }) => idOf(properties, 'plan', 'plan_name')).findLast((name) => name !== null) ?? null;
  const spans = spansOf(facts);
  return {
    key,
    externalId: key === '' ? (plan ?? '') : key,
    plan,
    startedAtMs: first.occurredAtMs,
    cancelledAtMs: spans.at(-1)?.toMs ?? null,
    spans,
    mrr: mrrOf(facts),
    facts,
  };
}

/** Any message but a cancellation says that it runs: one that is resumed is renewed or changed. */
function spansOf(facts: readonly Fact[]): Subscription['spans'] {
  const spans: { fromMs: number; toMs: number | null }[] = [];
  for (const { kind, occurredAtMs } of facts) {
    const last = spans.at(-1);
    const isRunning = last !== undefined && last.toMs === null;
    if (kind !== 'SUBSCRIPTION_CANCELLED') {
      if (!isRunning) spans.push({ fromMs: occurredAtMs, toMs: null });
    } else if (isRunning) last.toMs = occurredAtMs;
    else if (!last) spans.push({ fromMs: occurredAtMs, toMs: occurredAtMs });
  }
  return spans;
}

function mrrOf(facts: readonly Fact[]): readonly MrrStep[] {
  const steps: MrrStep[] = [];
  let running: Money | null = null;
  let terms: JsonObject = {};
  for (const { kind, name, occurredAtMs, properties } of facts) {
    const isIdle = kind === 'SUBSCRIPTION_CANCELLED' || eventKey(name).includes('paused');
    if (!isIdle) terms = { ...terms, ...properties };
    running = isIdle ? running : monthlyValue(terms);
    const value: Money | null = isIdle ? noMoney(running?.currency ?? currencyCode(properties['currency']) ?? NO_CURRENCY) : running;
    const last = steps.at(-1);
    if (!last || !isSame(last.value, value)) steps.push({ fromMs: occurredAtMs, value });
  }
  return steps;
}

function isSame(one: Money | null, other: Money | null): boolean {
  return one?.amount === other?.amount && one?.currency === other?.currency;
}

/** Months in one interval, as a fraction: a year has 12 months, 365 days and 52 weeks. */
const MONTHS_OF: Readonly<Record<string, readonly [months: bigint, of: bigint]>> = {
  day: [12n, 365n],
  week: [12n, 52n],
  month: [1n, 1n],
  quarter: [3n, 1n],
  year: [12n, 1n],
};
const INTERVALS: Readonly<Record<string, string>> = {
  daily: 'day',
  weekly: 'week',
  monthly: 'month',
  quarterly: 'quarter',
  yearly: 'year',
  annual: 'year',
  annually: 'year',
};

/**
 * Price times quantity, for a month: a year's price by 12, a week's times 52 / 12, a day's times 365 / 12, rounded once, half away from zero, to
 * the currency's digits. An interval that is not said is a month. Null where the price is not known.
 */
export function monthlyValue(terms: JsonObject): Money | null {
  const price = parseDecimal(terms['price'] ?? terms['amount']);
  if (!price) return null;
  const currency = currencyCode(terms['currency']) ?? NO_CURRENCY;
  const word = String(terms['interval'] ?? 'month').toLowerCase();
  const [months, of] = MONTHS_OF[INTERVALS[word] ?? word.replace(/s$/, '')] ?? [1n, 1n];
  const total = multiplyDecimals(price, whole(BigInt(piecesOf(terms['quantity'])) * of));
  const divisor = whole(BigInt(piecesOf(terms['interval_count'])) * months);
  return asMoney(divideDecimals(total, divisor, minorDigits(currency)), currency);
}

function whole(units: bigint): Decimal {
  return { units, scale: 0 };
}
