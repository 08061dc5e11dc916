import type { JsonObject } from '../kernel/json';
import { DEPARTMENTS, type Department } from '../kernel/vocabulary';
import { conversationSubject } from './conversation';
import { byTime, type Fact } from './fact';
import { onHundred, type Scale, statedScale } from './scale';
import { statedNumber, statedText } from './statedProperty';

export type Survey = 'nps' | 'csat' | 'ces';

/** One answer of a customer to one survey, on the scale that the customer saw. */
export interface SurveyAnswer {
  readonly fact: Fact;
  readonly survey: Survey;
  readonly score: number;
  readonly scaleMin: number;
  readonly scaleMax: number;
  /** CES only: '2.0' (1–7, made it easy) or '1.0' (1–5, how much effort: runs the other way). */
  readonly version: string | null;
  /** False where the score is outside the scale, or the scale is none of that survey. */
  readonly isValid: boolean;
}

/** Zendesk's ratings and the thumbs of chats: 0 or 1 on a scale of two. */
const THUMBS = new Map<string, number>([
  ['good', 1],
  ['bad', 0],
  ['up', 1],
  ['down', 0],
  ['thumbs_up', 1],
  ['thumbs_down', 0],
  ['positive', 1],
  ['negative', 0],
]);

/**
 * Answers to NPS, CSAT and CES among a customer's facts, oldest first, each message once. What has no score, or names no survey, is no answer here;
 * scores outside their scale are, and marked. What employees answer is not the customer's.
 */
export function surveyAnswersOf(facts: readonly Fact[]): SurveyAnswer[] {
  const distinct = new Map(facts.filter(isAnswer).map((fact) => [fact.interactionId, fact]));
  return [...distinct.values()].sort(byTime).flatMap((fact) => surveyAnswerOf(fact) ?? []);
}

function isAnswer({ kind }: Fact): boolean {
  return kind === 'SURVEY_ANSWERED' || kind === 'FEEDBACK_GIVEN';
}

function surveyAnswerOf(fact: Fact): SurveyAnswer | null {
  const { properties } = fact;
  const thumb = THUMBS.get(statedText(properties, 'score', 'rating')?.toLowerCase() ?? '');
  const survey = surveyNamed(fact) ?? (thumb === undefined ? null : 'csat');
  const score = thumb ?? statedNumber(properties, 'score', 'rating');
  if (survey === null || score === null) return null;
  if (thumb !== undefined) return { fact, survey, score, scaleMin: 0, scaleMax: 1, version: null, isValid: survey === 'csat' };
  const version = survey === 'ces' ? effortVersion(properties) : null;
  const scale = statedScale(properties, usualScale(survey, version));
  const isValid = isScaleOf(survey, version, scale) && onHundred(score, scale) !== null && (survey !== 'nps' || Number.isInteger(score));
  return { fact, survey, score, scaleMin: scale.min, scaleMax: scale.max, version, isValid };
}

const NAMED = /^(nps|csat|ces)(?![a-z])/i;

/** By `survey_type`, else by the event's name, as in "NPS Answered". */
function surveyNamed({ properties, name }: Fact): Survey | null {
  const named = NAMED.exec(statedText(properties, 'survey_type') ?? name);
  return named ? (named[1]?.toLowerCase() as Survey) : null;
}

/** As stated, else by the length of the scale: only the old question has five steps. */
function effortVersion(properties: JsonObject): string {
  const stated = statedText(properties, 'version');
  if (stated !== null) return /^\d+$/.test(stated) ? `${stated}.0` : stated;
  return statedNumber(properties, 'scale_max') === 5 ? '1.0' : '2.0';
}

const NPS_SCALE: Scale = { min: 0, max: 10 };
const CSAT_SCALE: Scale = { min: 1, max: 5 };
export const CES_SCALES = { '1.0': { min: 1, max: 5 }, '2.0': { min: 1, max: 7 } } as const;

function cesScale(version: string | null): Scale | undefined {
  return version === '1.0' || version === '2.0' ? CES_SCALES[version] : undefined;
}

function usualScale(survey: Survey, version: string | null): Scale {
  if (survey === 'nps') return NPS_SCALE;
  return cesScale(version) ?? CSAT_SCALE;
}

/** NPS and CES are defined on one scale each; CSAT is asked on any. */
function isScaleOf(survey: Survey, version: string | null, scale: Scale): boolean {
  if (survey === 'csat') return true;
  const defined = survey === 'nps' ? NPS_SCALE : cesScale(version);
  return defined?.min === scale.min && defined.max === scale.max;
}

/** A valid answer on 0–100 where 100 is best, so that CES 1.0 is turned round; null of an invalid one. */
export function answerOnHundred(answer: SurveyAnswer): number | null {
  if (!answer.isValid) return null;
  const place = onHundred(answer.score, { min: answer.scaleMin, max: answer.scaleMax });
  return place !== null && answer.version === '1.0' ? 100 - place : place;
}

const KNOWN_DEPARTMENTS: ReadonlySet<string> = new Set(DEPARTMENTS);

/** `about_department` of feedback, where it names one. */
export function statedDepartment({ properties }: Fact): Department | null {
  const word = statedText(properties, 'about_department')?.toUpperCase() ?? '';
  return KNOWN_DEPARTMENTS.has(word) ? (word as Department) : null;
}

/**
 * The department that an answer judges: the one it names; of an answer about a conversation SUPPORT; else the one that asked. NPS asks about
 * the whole company, so without a name it judges none.
 */
export function judgedDepartment({ fact, survey }: SurveyAnswer): Department | null {
  const stated = statedDepartment(fact);
  if (stated !== null || survey === 'nps') return stated;
  return conversationSubject(fact) ? 'SUPPORT' : fact.department;
}
