import type { Money } from '../kernel/money';
import type { Channel, Department } from '../kernel/vocabulary';
import { isEasy } from './ces';
import type { Conversation } from './conversation';
import { isDone } from './conversationLife';
import { isInboundCall, isOneTouch, repeatedContact } from './conversationRates';
import { type ConversationTimes, conversationTimes } from './conversationTimes';
import { isSatisfied } from './csat';
import type { Customer } from './customer';
import { type InfluenceCase, influenceCasesSoFar } from './departmentInfluence';
import type { Fact } from './fact';
import { type SucceedingSignal, successionOf } from './friction/succession';
import type { Lifecycle } from './lifecycle';
import { npsGroup } from './nps';
import type { Order } from './order';
import { type Perception, perceptionsOf } from './perceptionGap';
import { replyDueMs, scheduleOf } from './settings';
import type { Span } from './span';
import type { Subscription } from './subscription';
import type { SurveyAnswer } from './surveyAnswer';
import { customerSpansOf } from './value/customerSpans';
import { orderDaysOf } from './value/orderHistory';
import type { OrderDay } from './value/purchaseHistory';

export interface EvaluatedConversation {
  readonly conversation: Conversation;
  readonly times: ConversationTimes;
  /** Nobody waits for anybody any more. */
  readonly isOver: boolean;
  readonly isOneTouch: boolean;
  readonly isRepeatContact: boolean;
  readonly isInboundCall: boolean;
}

export interface EvaluatedAnswer extends SurveyAnswer {
  /** Promoter, satisfied, or had it easy. */
  readonly isFavourable: boolean;
}

export interface EvaluatedOrder extends Order {
  /** Where it was placed. */
  readonly department: Department;
  readonly channel: Channel;
}

/** Where a customer stands, and what it has brought. */
export interface Standing {
  readonly lifecycle: Lifecycle;
  /** When it was a customer. */
  readonly spans: readonly Span[];
  readonly orders: number;
  /** Of most of its orders. */
  readonly currency: string;
  /** In that currency; null without orders and refunds. */
  readonly revenue: Money | null;
  readonly lastOrderAtMs: number | null;
  /** With what was spent in that currency. */
  readonly days: readonly OrderDay[];
}

/** All that reports over many customers need of one. */
export interface Evaluation {
  readonly conversations: readonly EvaluatedConversation[];
  readonly answers: readonly EvaluatedAnswer[];
  readonly perceptions: readonly Perception[];
  /** Those among them, too, whose time for the outcome is not over. */
  readonly influence: readonly InfluenceCase[];
  readonly orders: readonly EvaluatedOrder[];
  readonly subscriptions: readonly Subscription[];
  readonly signals: readonly SucceedingSignal[];
  readonly standing: Standing;
  /** When silence alone would change it next; null where it can't. */
  readonly nextAtMs: number | null;
}

export function evaluate(customer: Customer): Evaluation {
  const { facts, nowMs, settings } = customer.basis;
  const { conversations, answers, friction } = customer;
  return {
    conversations: conversations.map((conversation) => evaluateConversation(conversation, customer)),
    answers: answers.map((answer) => ({ ...answer, isFavourable: isFavourable(answer) })),
    perceptions: perceptionsOf(facts, conversations, answers),
    influence: influenceCasesSoFar({ facts, conversations, answers }, settings, nowMs),
    orders: customer.orders.map(evaluateOrder),
    subscriptions: customer.subscriptions,
    signals: successionOf(friction.signals),
    standing: standingOf(customer),
    nextAtMs: nextAtMs(customer),
  };
}

/** A source's clock may be ahead: such a fact counts from its time on. */
function nextAtMs(customer: Customer): number | null {
  const { facts, nowMs } = customer.basis;
  const aheadMs = facts.find(({ occurredAtMs }) => occurredAtMs > nowMs)?.occurredAtMs ?? null;
  const missedMs = customer.conversations.map((conversation) => replyMissedMs(conversation, customer));
  return earliest([customer.friction.nextAtMs, customer.lifecycle.nextAtMs, aheadMs, ...missedMs], nowMs);
}

function standingOf({ basis, orders, subscriptions, lifecycle, historicalValue, modelled: { currency } }: Customer): Standing {
  const orderedAtMs = orders.flatMap(({ status, placedAtMs }) => (status === 'CANCELLED' ? [] : [placedAtMs]));
  return {
    lifecycle,
    spans: customerSpansOf(orders, subscriptions, basis.settings.lifecycle.silence),
    orders: historicalValue.orders,
    currency,
    revenue: historicalValue.revenue,
    lastOrderAtMs: orderedAtMs.at(-1) ?? null,
    days: orderDaysOf(orders, currency),
  };
}

/** When it will be too late for a first reply, which is a signal of influence then; null where it can't become so. */
function replyMissedMs({ status, firstReplyAtMs, openedAtMs, channel }: Conversation, { basis }: Customer): number | null {
  if (status !== 'OPEN' || firstReplyAtMs !== null) return null;
  const dueMs = replyDueMs(openedAtMs, channel, basis.settings);
  return dueMs === null ? null : dueMs + 1;
}

/** Of those that lie ahead. */
function earliest(momentsMs: readonly (number | null)[], nowMs: number): number | null {
  const ahead = momentsMs.filter((atMs) => atMs !== null && atMs > nowMs) as number[];
  return ahead.length === 0 ? null : Math.min(...ahead);
}

function evaluateConversation(conversation: Conversation, { basis, conversations }: Customer): EvaluatedConversation {
  return {
    conversation,
    times: conversationTimes(conversation, basis.nowMs, scheduleOf(conversation.channel, basis.settings)),
    isOver: isDone(conversation.status),
    isOneTouch: isOneTouch(conversation),
    isRepeatContact: repeatedContact(conversation, conversations) !== null,
    isInboundCall: isInboundCall(conversation),
  };
}

function isFavourable(answer: SurveyAnswer): boolean {
  if (answer.survey === 'nps') return npsGroup(answer) === 'PROMOTER';
  return answer.survey === 'csat' ? isSatisfied(answer) : isEasy(answer);
}

function evaluateOrder(order: Order): EvaluatedOrder {
  const placing = order.facts.find(({ occurredAtMs }) => occurredAtMs === order.placedAtMs) ?? (order.facts[0] as Fact);
  return { ...order, department: placing.department, channel: placing.channel };
}
