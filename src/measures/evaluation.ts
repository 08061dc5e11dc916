import type { Channel, Department } from '../kernel/vocabulary';
import { isEasy } from './ces';
import type { Conversation } from './conversation';
import { isDone } from './conversationLife';
import { isInboundCall, isOneTouch, repeatedContact } from './conversationRates';
import { type ConversationTimes, conversationTimes } from './conversationTimes';
import { isSatisfied } from './csat';
import type { Customer } from './customer';
import { type InfluenceCase, influenceCases } from './departmentInfluence';
import type { Fact } from './fact';
import type { FrictionSignal } from './friction/signal';
import { npsGroup } from './nps';
import type { Order } from './order';
import { type Perception, perceptionsOf } from './perceptionGap';
import { scheduleOf } from './settings';
import type { Subscription } from './subscription';
import type { SurveyAnswer } from './surveyAnswer';

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

/** All that reports over many customers need of one. */
export interface Evaluation {
  readonly conversations: readonly EvaluatedConversation[];
  readonly answers: readonly EvaluatedAnswer[];
  readonly perceptions: readonly Perception[];
  /** Those among them, too, whose time for the outcome is not over. */
  readonly influence: readonly InfluenceCase[];
  readonly orders: readonly EvaluatedOrder[];
  readonly subscriptions: readonly Subscription[];
  readonly signals: readonly FrictionSignal[];
  /** When silence alone would change it next; null where it can't. */
  readonly nextAtMs: number | null;
}

/** The last moment that a Date can tell. */
const END_OF_TIME_MS = 8_640_000_000_000_000;

export function evaluate(customer: Customer): Evaluation {
  const { facts, settings } = customer.basis;
  const { conversations, answers, friction } = customer;
  return {
    conversations: conversations.map((conversation) => evaluateConversation(conversation, customer)),
    answers: answers.map((answer) => ({ ...answer, isFavourable: isFavourable(answer) })),
    perceptions: perceptionsOf(facts, conversations, answers),
    influence: influenceCases({ facts, conversations, answers }, settings, END_OF_TIME_MS),
    orders: customer.orders.map(evaluateOrder),
    subscriptions: customer.subscriptions,
    signals: friction.signals,
    nextAtMs: friction.nextAtMs,
  };
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
