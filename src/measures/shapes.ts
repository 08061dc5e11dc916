import type { Money } from '../kernel/money';
import type { Fact } from './fact';

// SIGNATURES AGREED BETWEEN HELPERS. Each type moves into the file of its owner (named in the comment) when that file is written; this file then goes.

/** measures/order.ts (E): ordersOf(facts): Order[], oldest first. */
export interface Order {
  readonly key: string;
  readonly externalId: string;
  readonly placedAtMs: number;
  readonly value: Money;
  /** value less refunds of the same currency; may be negative where refunds are larger; zero when cancelled. */
  readonly net: Money;
  readonly status: 'PLACED' | 'DELIVERED' | 'CANCELLED' | 'REFUNDED' | 'PARTLY_REFUNDED';
  readonly items: number;
  readonly products: readonly string[];
  readonly facts: readonly Fact[];
}

/** measures/cart.ts (E): cartOf(facts, nowMs): Cart | null — null once ordered or emptied. */
export interface Cart {
  readonly items: readonly object[];
  readonly value: Money | null;
  readonly updatedAtMs: number;
  /** Untouched for an hour without an order. */
  readonly abandoned: boolean;
  readonly facts: readonly Fact[];
}

/** measures/subscription.ts (E): subscriptionsOf(facts): Subscription[]. */
export interface Subscription {
  readonly key: string;
  readonly externalId: string;
  readonly startedAtMs: number;
  /** Null while it runs or was resumed. */
  readonly cancelledAtMs: number | null;
  /** What it brings a month, over time; steps in order. */
  readonly mrr: readonly { readonly fromMs: number; readonly value: Money | null }[];
}

/** measures/lifecycle.ts (E): lifecycleOf(facts, nowMs, rules): Lifecycle */
export type LifecycleStage = 'ANONYMOUS' | 'AWARE' | 'CONSIDERING' | 'TRIAL' | 'CUSTOMER' | 'LOYAL' | 'AT_RISK' | 'CHURNED';
export interface Lifecycle {
  readonly stage: LifecycleStage;
  readonly history: readonly { readonly stage: LifecycleStage; readonly fromMs: number }[];
  readonly nextAtMs: number | null;
}
