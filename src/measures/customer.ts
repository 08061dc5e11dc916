import { NO_CURRENCY } from '../kernel/money';
import type { TextSentiment } from '../timeline/sentiment/textSentiment';
import { afterBusinessMinutes } from './businessHours';
import { type Cart, cartOf } from './cart';
import { type Conversation, conversationsOf } from './conversation';
import type { Fact } from './fact';
import { type Friction, findFriction } from './friction/friction';
import type { FrictionHistory } from './friction/history';
import { frictionSettings } from './frictionTargets';
import { type Lifecycle, lifecycleOf } from './lifecycle';
import { type Order, ordersOf } from './order';
import { looseRefundsOf } from './refund';
import { type MeasureSettings, scheduleOf } from './settings';
import { type Subscription, subscriptionsOf } from './subscription';
import { type SurveyAnswer, surveyAnswersOf } from './surveyAnswer';
import { type HistoricalValue, historicalValueOf } from './value/historicalValue';
import { orderHistoryOf } from './value/orderHistory';
import { subscriptionLivesOf } from './value/subscriptionLife';
import type { ModelledCustomer } from './value/valueModel';

export interface CustomerBasis {
  /** In order (`byTime`). */
  readonly facts: readonly Fact[];
  readonly nowMs: number;
  readonly settings: MeasureSettings;
  readonly sentimentOf: TextSentiment;
  /** Since when an identifier has said who it is, where facts don't. */
  readonly knownSinceMs?: number | null;
}

/** What one customer's facts tell at a time. Each part is made when it is first asked for. */
export class Customer {
  private readonly made = new Map<string, unknown>();

  constructor(readonly basis: CustomerBasis) {}

  get conversations(): readonly Conversation[] {
    return this.once('conversations', () => conversationsOf(this.basis.facts));
  }

  get answers(): readonly SurveyAnswer[] {
    return this.once('answers', () => surveyAnswersOf(this.basis.facts));
  }

  get orders(): readonly Order[] {
    return this.once('orders', () => ordersOf(this.basis.facts));
  }

  get cart(): Cart | null {
    return this.once('cart', () => cartOf(this.basis.facts, this.basis.nowMs));
  }

  get subscriptions(): readonly Subscription[] {
    return this.once('subscriptions', () => subscriptionsOf(this.basis.facts));
  }

  get history(): FrictionHistory {
    return this.once('history', () => ({
      facts: this.basis.facts,
      conversations: this.conversations,
      answers: this.answers,
      orders: this.orders,
      settings: frictionSettings(this.basis.settings),
      afterBusinessMinutes: (fromMs, minutes, channel) => afterBusinessMinutes(fromMs, minutes, scheduleOf(channel, this.basis.settings)),
      sentimentOf: this.sentimentOf,
    }));
  }

  get friction(): Friction {
    return this.once('friction', () => findFriction(this.history, this.basis.nowMs));
  }

  get lifecycle(): Lifecycle {
    const { facts, nowMs, settings, knownSinceMs = null } = this.basis;
    return this.once('lifecycle', () => lifecycleOf(facts, nowMs, settings.lifecycle, knownSinceMs));
  }

  get historicalValue(): HistoricalValue {
    return this.once('historicalValue', () => historicalValueOf(this.orders, looseRefundsOf(this.basis.facts)));
  }

  /** As the models of value see the customer. */
  get modelled(): ModelledCustomer {
    return this.once('modelled', () => {
      const currency = this.historicalValue.revenue?.currency ?? NO_CURRENCY;
      const history = orderHistoryOf(this.orders, currency, this.basis.nowMs);
      return { currency, history, lives: subscriptionLivesOf(this.subscriptions, this.basis.nowMs) };
    });
  }

  /** Several measures look at the same words. */
  readonly sentimentOf: TextSentiment = (text) => this.once(`sentiment ${text}`, () => this.basis.sentimentOf(text));

  private once<Value>(name: string, make: () => Value): Value {
    if (!this.made.has(name)) this.made.set(name, make());
    return this.made.get(name) as Value;
  }
}
