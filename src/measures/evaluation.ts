import { isEasy } from './ces';
import { type Conversation, conversationsOf } from './conversation';
import { isDone } from './conversationLife';
import { isInboundCall, isOneTouch, repeatedContact } from './conversationRates';
import { type ConversationTimes, conversationTimes } from './conversationTimes';
import { isSatisfied } from './csat';
import { type InfluenceCase, influenceCases } from './departmentInfluence';
import type { Fact } from './fact';
import { npsGroup } from './nps';
import { type Perception, perceptionsOf } from './perceptionGap';
import { type MeasureSettings, scheduleOf } from './settings';
import { type SurveyAnswer, surveyAnswersOf } from './surveyAnswer';

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

/** All that reports over many customers need of one. */
export interface Evaluation {
  readonly conversations: readonly EvaluatedConversation[];
  readonly answers: readonly EvaluatedAnswer[];
  readonly perceptions: readonly Perception[];
  /** Those among them, too, whose time for the outcome is not over. */
  readonly influence: readonly InfluenceCase[];
  /** When silence alone would change it next; null where it can't. */
  readonly nextAtMs: number | null;
}

/** Of a customer's facts, in order, as they stand at `nowMs`. */
export function evaluate(facts: readonly Fact[], nowMs: number, settings: MeasureSettings): Evaluation {
  const conversations = conversationsOf(facts);
  const answers = surveyAnswersOf(facts);
  return {
    conversations: conversations.map((conversation) => evaluateConversation(conversation, conversations, nowMs, settings)),
    answers: answers.map((answer) => ({ ...answer, isFavourable: isFavourable(answer) })),
    perceptions: perceptionsOf(facts, conversations, answers),
    influence: influenceCases({ facts, conversations, answers }, settings, Number.POSITIVE_INFINITY),
    nextAtMs: null,
  };
}

function evaluateConversation(
  conversation: Conversation,
  all: readonly Conversation[],
  nowMs: number,
  settings: MeasureSettings,
): EvaluatedConversation {
  return {
    conversation,
    times: conversationTimes(conversation, nowMs, scheduleOf(conversation.channel, settings)),
    isOver: isDone(conversation.status),
    isOneTouch: isOneTouch(conversation),
    isRepeatContact: repeatedContact(conversation, all) !== null,
    isInboundCall: isInboundCall(conversation),
  };
}

function isFavourable(answer: SurveyAnswer): boolean {
  if (answer.survey === 'nps') return npsGroup(answer) === 'PROMOTER';
  return answer.survey === 'csat' ? isSatisfied(answer) : isEasy(answer);
}
