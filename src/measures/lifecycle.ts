import { parseTimestamp } from '../intake/timestamp';
import type { InteractionKind } from '../kernel/vocabulary';
import type { Fact } from './fact';
import { factsInOrder } from './factsInOrder';
import { DEFAULT_LIFECYCLE_RULES, type LifecycleRules } from './lifecycleRules';
import { type Order, ordersOf } from './order';
import { coversMoment, intersectSpans, joinSpans, type Span } from './span';
import { type Subscription, subscriptionsOf } from './subscription';
import { customerSpansOf, toleratedSilences } from './value/customerSpans';

export type LifecycleStage = 'ANONYMOUS' | 'AWARE' | 'CONSIDERING' | 'TRIAL' | 'CUSTOMER' | 'LOYAL' | 'AT_RISK' | 'CHURNED';

export interface Lifecycle {
  readonly stage: LifecycleStage;
  /** Each stage with the moment it began, oldest first, none twice in a row; empty without facts. */
  readonly history: readonly { readonly stage: LifecycleStage; readonly fromMs: number }[];
  /** When silence alone would change the stage next; null where it can't. */
  readonly nextAtMs: number | null;
}

/** Where several stages hold at once, the first of these is shown. */
const PRECEDENCE: readonly LifecycleStage[] = ['AT_RISK', 'LOYAL', 'CUSTOMER', 'TRIAL', 'CHURNED', 'CONSIDERING', 'AWARE', 'ANONYMOUS'];

type StageSpans = Readonly<Record<LifecycleStage, readonly Span[]>>;

/**
 * A customer's stage as of `nowMs`, and how it came to it, by what is known now: an order that was cancelled later made nobody a customer.
 * `knownSinceMs`: since when an identifier has said who it is, where facts don't.
 */
export function lifecycleOf(
  facts: readonly Fact[],
  nowMs: number,
  rules: LifecycleRules = DEFAULT_LIFECYCLE_RULES,
  knownSinceMs: number | null = null,
): Lifecycle {
  const past = factsInOrder(facts).filter(({ occurredAtMs }) => occurredAtMs <= nowMs);
  const spans = stageSpansOf(past, rules, knownSinceMs);
  const moments = [
    ...new Set(Object.values(spans).flatMap((list) => list.flatMap(({ fromMs, toMs }) => (toMs === null ? [fromMs] : [fromMs, toMs])))),
  ];
  const history: { stage: LifecycleStage; fromMs: number }[] = [];
  for (const fromMs of moments.sort((one, other) => one - other)) {
    const stage = stageAt(spans, fromMs);
    const before = history.at(-1);
    if (before?.stage === stage) continue;
    if (fromMs > nowMs) return { stage: before?.stage ?? 'ANONYMOUS', history, nextAtMs: fromMs };
    history.push({ stage, fromMs });
  }
  return { stage: history.at(-1)?.stage ?? 'ANONYMOUS', history, nextAtMs: null };
}

function stageAt(spans: StageSpans, atMs: number): LifecycleStage {
  return PRECEDENCE.find((stage) => coversMoment(spans[stage], atMs)) ?? 'ANONYMOUS';
}

function stageSpansOf(facts: readonly Fact[], rules: LifecycleRules, knownSinceMs: number | null): StageSpans {
  const orders = ordersOf(facts).filter(({ status }) => status !== 'CANCELLED');
  const subscriptions = subscriptionsOf(facts);
  const customer = customerSpansOf(orders, subscriptions, rules.silence);
  const firstLostMs = customer[0]?.toMs ?? null;
  const known = [knownSinceMs, facts.find(({ kind }) => rules.awareKinds.includes(kind))?.occurredAtMs ?? null].filter(
    (atMs) => atMs !== null,
  );
  return {
    ANONYMOUS: since(facts[0]?.occurredAtMs ?? null),
    AWARE: since(known.length === 0 ? null : Math.min(...known)),
    CONSIDERING: consideringSpans(facts, rules),
    TRIAL: trialSpans(facts, rules),
    CUSTOMER: customer,
    LOYAL: intersectSpans(customer, loyalSpans(orders, subscriptions, rules)),
    AT_RISK: intersectSpans(customer, joinSpans([...silentSpans(orders, subscriptions, rules), ...unpaidSpans(facts, subscriptions)])),
    CHURNED: since(firstLostMs),
  };
}

function since(fromMs: number | null): readonly Span[] {
  return fromMs === null ? [] : [{ fromMs, toMs: null }];
}

function consideringSpans(facts: readonly Fact[], { consideringKinds, consideringDays }: LifecycleRules): readonly Span[] {
  const signs = facts.filter(({ kind }) => consideringKinds.includes(kind));
  return joinSpans(signs.map(({ occurredAtMs }) => ({ fromMs: occurredAtMs, toMs: occurredAtMs + consideringDays * DAY_MS })));
}

const DAY_MS = 86_400_000;
const TRIAL_ENDS = ['trial_end_date', 'trial_ends_at', 'trial_end', 'ends_at'];

/** From each start to the end that was announced, else for as long as trials last; shorter where an earlier end is told. */
function trialSpans(facts: readonly Fact[], { trialDays }: LifecycleRules): readonly Span[] {
  const starts = facts.filter(({ kind }) => kind === 'TRIAL_STARTED');
  const ended = facts.filter(({ kind }) => kind === 'TRIAL_ENDED').map(({ occurredAtMs }) => occurredAtMs);
  return joinSpans(
    starts.map(({ occurredAtMs: fromMs, properties }) => {
      const announced = TRIAL_ENDS.map((name) => parseTimestamp(properties[name])).find((atMs) => atMs > fromMs);
      const told = ended.find((atMs) => atMs >= fromMs) ?? Number.POSITIVE_INFINITY;
      return { fromMs, toMs: Math.min(told, announced ?? fromMs + trialDays * DAY_MS) };
    }),
  );
}

function loyalSpans(
  orders: readonly Order[],
  subscriptions: readonly Subscription[],
  { loyalOrders, loyalSubscriptionDays }: LifecycleRules,
) {
  const running = subscriptions.flatMap(({ spans }) => spans);
  return joinSpans([
    ...since(orders[loyalOrders - 1]?.placedAtMs ?? null),
    ...running.map(({ fromMs, toMs }) => ({ fromMs: fromMs + loyalSubscriptionDays * DAY_MS, toMs })),
  ]);
}

/** The last part of the silence that is tolerated after an order, until the next order; not of one who has a subscription. */
function silentSpans(
  orders: readonly Order[],
  subscriptions: readonly Subscription[],
  { silence, atRiskShare }: LifecycleRules,
): readonly Span[] {
  const times = orders.map(({ placedAtMs }) => placedAtMs);
  const subscribedMs = subscriptions[0]?.startedAtMs ?? Number.POSITIVE_INFINITY;
  return toleratedSilences(times, silence).map(({ fromMs, toMs }, index) => ({
    fromMs: fromMs + Math.ceil(atRiskShare * (toMs - fromMs)),
    toMs: Math.min(toMs, times[index + 1] ?? toMs, subscribedMs),
  }));
}

/** While a subscription runs and its last payment has failed. */
function unpaidSpans(facts: readonly Fact[], subscriptions: readonly Subscription[]): readonly Span[] {
  const payments = facts.filter(({ kind }) => isPayment(kind));
  const unpaid = payments.map(({ kind, occurredAtMs }, index) => {
    const toMs = payments[index + 1]?.occurredAtMs ?? null;
    return { fromMs: occurredAtMs, toMs: kind === 'PAYMENT_FAILED' ? toMs : occurredAtMs };
  });
  return intersectSpans(joinSpans(unpaid), joinSpans(subscriptions.flatMap(({ spans }) => spans)));
}

function isPayment(kind: InteractionKind): boolean {
  return kind === 'PAYMENT_MADE' || kind === 'PAYMENT_FAILED';
}
