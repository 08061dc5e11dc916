import { customerWords } from '../timeline/sentiment/spokenWords';
import { MINUTE_MS } from './businessHours';
import type { Conversation } from './conversation';
import { isDone } from './conversationLife';
import { conversationTimes } from './conversationTimes';
import { durationScore } from './durations';
import { type HealthPart, type HealthSigns, healthOf } from './health';
import { type MeasureSettings, scheduleOf } from './settings';
import type { Survey, SurveyAnswer } from './surveyAnswer';

/** A customer's own answers to one survey, on the scale they were given on. */
export interface SurveyScore {
  readonly latest: number;
  readonly average: number;
  readonly responses: number;
  /** Of the latest. */
  readonly answeredAtMs: number;
}

export interface ProfileExperience {
  readonly nps: SurveyScore | null;
  readonly csat: SurveyScore | null;
  /** Of version 2.0. */
  readonly ces: SurveyScore | null;
  /** 0 to 100. */
  readonly healthScore: number | null;
  readonly healthParts: readonly HealthPart[];
  /** Of the calendar. */
  readonly medianFirstReplyMinutes: number | null;
  /** Opened to last solved, of the calendar. */
  readonly medianResolutionMinutes: number | null;
  readonly reopens: number;
  readonly openConversations: number;
  /** Of the customer's own words, −1 to 1; null where nothing could be judged. */
  readonly averageSentiment: number | null;
}

/** Says how somebody who wrote this felt, −1 to 1; null where it can't tell. */
export type SentimentOf = (text: string) => number | null;

export function profileExperience(
  signs: HealthSigns,
  settings: MeasureSettings,
  sentimentOf: SentimentOf,
  nowMs: number,
): ProfileExperience {
  const { conversations, answers } = signs;
  const health = healthOf(signs, settings.healthWeights, nowMs);
  const times = conversations.map((conversation) => conversationTimes(conversation, nowMs, scheduleOf(conversation.channel, settings)));
  return {
    nps: surveyScore(answers, 'nps'),
    csat: surveyScore(answers, 'csat'),
    ces: surveyScore(answers, 'ces'),
    healthScore: health.score,
    healthParts: health.parts,
    medianFirstReplyMinutes: medianMinutes(times.map(({ firstReply }) => firstReply?.calendarMs ?? null)),
    medianResolutionMinutes: medianMinutes(times.map(({ fullResolution }) => fullResolution?.calendarMs ?? null)),
    reopens: conversations.reduce((sum, { reopens }) => sum + reopens, 0),
    openConversations: openConversations(conversations).length,
    averageSentiment: averageSentiment(signs, sentimentOf),
  };
}

/** Neither solved nor closed. */
export function openConversations(conversations: readonly Conversation[]): readonly Conversation[] {
  return conversations.filter(({ status }) => !isDone(status));
}

/**
 * Valid answers on the scale of the latest one: 4 of 5 and 9 of 10 have no common mean, so answers on another scale, or to the other version of
 * CES, are left out. Answers come oldest first.
 */
export function surveyScore(answers: readonly SurveyAnswer[], survey: Survey): SurveyScore | null {
  const valid = answers.filter((answer) => answer.survey === survey && answer.isValid && answer.version !== '1.0');
  const latest = valid.at(-1);
  if (!latest) return null;
  const alike = valid.filter(({ scaleMin, scaleMax }) => scaleMin === latest.scaleMin && scaleMax === latest.scaleMax);
  return {
    latest: latest.score,
    average: alike.reduce((sum, { score }) => sum + score, 0) / alike.length,
    responses: alike.length,
    answeredAtMs: latest.fact.occurredAtMs,
  };
}

function medianMinutes(durationsMs: readonly (number | null)[]): number | null {
  const { median } = durationScore(durationsMs);
  return median === null ? null : median / MINUTE_MS;
}

function averageSentiment({ facts }: HealthSigns, sentimentOf: SentimentOf): number | null {
  const scores = facts.flatMap((fact) => {
    const words = customerWords(fact);
    return words === null ? [] : (sentimentOf(words) ?? []);
  });
  return scores.length === 0 ? null : scores.reduce((sum, score) => sum + score, 0) / scores.length;
}
