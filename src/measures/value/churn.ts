import { addMoney, compareMoney, type Money, moneyToNumber, noMoney, subtractMoney } from '../../kernel/money';
import type { Span } from '../span';
import type { Subscription } from '../subscription';

/** Half-open. */
export interface Period {
  readonly fromMs: number;
  readonly toMs: number;
}

export interface Churn {
  readonly lost: number;
  /** Who was a customer when the period began; those who came in it are left out. */
  readonly atStart: number;
  /** Null where there was nobody to lose. */
  readonly churnRate: number | null;
  readonly retentionRate: number | null;
}

/** Who was a customer at the start and is none at the end, whatever happened between. One list a customer, of customerSpansOf. */
export function churnOf(customers: Iterable<readonly Span[]>, { fromMs, toMs }: Period): Churn {
  let [lost, atStart] = [0, 0];
  for (const spans of customers) {
    if (!isCustomerUntil(spans, fromMs)) continue;
    atStart++;
    if (!isCustomerUntil(spans, toMs)) lost++;
  }
  const churnRate = atStart === 0 ? null : lost / atStart;
  return { lost, atStart, churnRate, retentionRate: churnRate === null ? null : (atStart - lost) / atStart };
}

/** Just before `atMs`: what happens at the very moment belongs to the time after it. */
function isCustomerUntil(spans: readonly Span[], atMs: number): boolean {
  return spans.some(({ fromMs, toMs }) => fromMs < atMs && (toMs === null || toMs >= atMs));
}

/** All that is needed of a subscription here. */
export type SubscribedRevenue = Pick<Subscription, 'mrr'>;

/** Movements of monthly recurring revenue in one currency, each 0 or more. */
export interface RevenueChurn {
  readonly currency: string;
  readonly startingMrr: Money;
  readonly churned: Money;
  readonly contracted: Money;
  readonly expanded: Money;
  readonly reactivated: Money;
  /** (churned + contracted) / starting; null where nothing came in at the start. */
  readonly grossRate: number | null;
  /** What expansion and reactivation put back is off; negative where it is more than what was lost. */
  readonly netRate: number | null;
}

export type RevenueMovements = Record<'startingMrr' | 'churned' | 'contracted' | 'expanded' | 'reactivated', Money>;

/** By currency, each on its own. New customers' revenue is none of the movements. One list of subscriptions a customer. */
export function revenueChurnOf(customers: Iterable<readonly SubscribedRevenue[]>, { fromMs, toMs }: Period): readonly RevenueChurn[] {
  const byCurrency = new Map<string, RevenueMovements>();
  for (const subscriptions of customers) {
    for (const currency of currenciesOf(subscriptions)) {
      const movements = byCurrency.get(currency) ?? noMovements(currency);
      byCurrency.set(currency, movements);
      const [start, end] = [mrrUntil(subscriptions, currency, fromMs), mrrUntil(subscriptions, currency, toMs)];
      move(movements, start, end, hadRevenueBefore(subscriptions, currency, fromMs));
    }
  }
  return [...byCurrency].map(([currency, movements]) => withRates(currency, movements));
}

export function withRates(currency: string, movements: RevenueMovements): RevenueChurn {
  return { currency, ...movements, ...ratesOf(movements) };
}

function move(movements: RevenueMovements, start: Money, end: Money, hadRevenue: boolean): void {
  const nothing = noMoney(start.currency);
  const change = compareMoney(end, start);
  movements.startingMrr = addMoney(movements.startingMrr, start);
  const add = (movement: keyof RevenueMovements, value: Money) => {
    movements[movement] = addMoney(movements[movement], value);
  };
  if (compareMoney(start, nothing) === 0) {
    if (hadRevenue) add('reactivated', end);
  } else if (compareMoney(end, nothing) === 0) add('churned', start);
  else if (change < 0) add('contracted', subtractMoney(start, end));
  else add('expanded', subtractMoney(end, start));
}

function ratesOf({
  startingMrr,
  churned,
  contracted,
  expanded,
  reactivated,
}: RevenueMovements): Pick<RevenueChurn, 'grossRate' | 'netRate'> {
  const starting = moneyToNumber(startingMrr);
  if (starting === 0) return { grossRate: null, netRate: null };
  const lost = addMoney(churned, contracted);
  const net = subtractMoney(lost, addMoney(expanded, reactivated));
  return { grossRate: moneyToNumber(lost) / starting, netRate: moneyToNumber(net) / starting };
}

function noMovements(currency: string): RevenueMovements {
  const nothing = noMoney(currency);
  return { startingMrr: nothing, churned: nothing, contracted: nothing, expanded: nothing, reactivated: nothing };
}

function currenciesOf(subscriptions: readonly SubscribedRevenue[]): ReadonlySet<string> {
  return new Set(subscriptions.flatMap(({ mrr }) => mrr.flatMap(({ value }) => (value ? [value.currency] : []))));
}

/** What a customer's subscriptions bring a month in one currency, just before `atMs`. */
function mrrUntil(subscriptions: readonly SubscribedRevenue[], currency: string, atMs: number): Money {
  const values = subscriptions.flatMap(({ mrr }) => mrr.findLast(({ fromMs }) => fromMs < atMs)?.value ?? []);
  return values.filter((value) => value.currency === currency).reduce(addMoney, noMoney(currency));
}

function hadRevenueBefore(subscriptions: readonly SubscribedRevenue[], currency: string, atMs: number): boolean {
  const nothing = noMoney(currency);
  return subscriptions.some(({ mrr }) =>
    mrr.some(({ fromMs, value }) => fromMs < atMs && value?.currency === currency && compareMoney(value, nothing) > 0),
  );
}
