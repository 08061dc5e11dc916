import type { TextSentiment } from '../timeline/sentiment/textSentiment';
import { afterBusinessMinutes } from './businessHours';
import { type Cart, cartOf } from './cart';
import { type Conversation, conversationsOf } from './conversation';
import type { Fact } from './fact';
import { type Friction, findFriction } from './friction/friction';
import type { FrictionHistory } from './friction/history';
import { frictionSettings } from './frictionTargets';
import { type Order, ordersOf } from './order';
import { type MeasureSettings, scheduleOf } from './settings';
import { type Subscription, subscriptionsOf } from './subscription';
import { type SurveyAnswer, surveyAnswersOf } from './surveyAnswer';

export interface CustomerBasis {
  /** In order (`byTime`). */
  readonly facts: readonly Fact[];
  readonly nowMs: number;
  readonly settings: MeasureSettings;
  readonly sentimentOf: TextSentiment;
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

  /** Several measures look at the same words. */
  readonly sentimentOf: TextSentiment = (text) => this.once(`sentiment ${text}`, () => this.basis.sentimentOf(text));

  private once<Value>(name: string, make: () => Value): Value {
    if (!this.made.has(name)) this.made.set(name, make());
    return this.made.get(name) as Value;
  }
}
