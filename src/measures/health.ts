import type { Conversation } from './conversation';
import { isDone } from './conversationLife';
import type { Fact } from './fact';
import { HEALTH_PARTS, type HealthPartName, type HealthWeights } from './settings';
import { answerOnHundred, type SurveyAnswer } from './surveyAnswer';

const DAY_MS = 86_400_000;

/** How many days a customer was active in two spans of equal length that touch: what went before, and what ends now. */
export interface UsageDays {
  readonly before: number;
  readonly recent: number;
}

/** What is known of one customer. */
export interface HealthSigns {
  readonly facts: readonly Fact[];
  readonly conversations: readonly Conversation[];
  readonly answers: readonly SurveyAnswer[];
  /** Of the last 30 days and the 30 before; null where activity is not known. */
  readonly usage: UsageDays | null;
  readonly lastSeenAtMs: number | null;
}

export interface HealthPart {
  readonly name: HealthPartName;
  /** 0 to 100. */
  readonly score: number;
  readonly weight: number;
}

export interface Health {
  /** Σ wᵢsᵢ / Σ wᵢ over the parts that exist; null where none does. */
  readonly score: number | null;
  readonly band: HealthBand | null;
  /** In the order of HEALTH_PARTS; those without weight left out. */
  readonly parts: readonly HealthPart[];
}

export type HealthBand = 'POOR' | 'FAIR' | 'GOOD';

/** 0–50 poor, 51–75 fair, 76–100 good, by the whole point. */
export function healthBand(score: number): HealthBand {
  const points = Math.round(score);
  if (points <= 50) return 'POOR';
  return points <= 75 ? 'FAIR' : 'GOOD';
}

export function healthOf(signs: HealthSigns, weights: HealthWeights, nowMs: number): Health {
  const parts = HEALTH_PARTS.flatMap((name) => {
    const score = SCORES[name](signs, nowMs);
    return score === null || weights[name] === 0 ? [] : [{ name, score, weight: weights[name] }];
  });
  const weight = parts.reduce((sum, part) => sum + part.weight, 0);
  if (weight === 0) return { score: null, band: null, parts };
  const score = parts.reduce((sum, part) => sum + part.weight * part.score, 0) / weight;
  return { score, band: healthBand(score), parts };
}

type PartScore = (signs: HealthSigns, nowMs: number) => number | null;

const SCORES: Readonly<Record<HealthPartName, PartScore>> = {
  usageTrend: ({ usage }) => usageTrend(usage),
  satisfaction: ({ answers }, nowMs) => satisfaction(answers, nowMs),
  supportLoad: ({ conversations }, nowMs) => supportLoad(conversations, nowMs),
  payment: ({ facts }, nowMs) => paymentScore(facts, nowMs),
  recency: ({ lastSeenAtMs }, nowMs) => recency(lastSeenAtMs, nowMs),
};

/** Recent days as a share of those before: as many or more is 100. Nobody who never used anything has a trend. */
function usageTrend(usage: UsageDays | null): number | null {
  if (usage === null || (usage.before === 0 && usage.recent === 0)) return null;
  return usage.before === 0 ? 100 : Math.min(100, (100 * usage.recent) / usage.before);
}

const SATISFACTION_DAYS = 365;

/** The mean, on 0–100, of the latest answer to each survey within a year. */
function satisfaction(answers: readonly SurveyAnswer[], nowMs: number): number | null {
  const latest = new Map<string, number>();
  for (const answer of answers) {
    const score = answerOnHundred(answer);
    if (score !== null && isWithin(answer.fact.occurredAtMs, SATISFACTION_DAYS, nowMs)) latest.set(answer.survey, score);
  }
  return latest.size === 0 ? null : [...latest.values()].reduce((sum, score) => sum + score, 0) / latest.size;
}

const SUPPORT_DAYS = 90;
const OPEN_COSTS = 25;
const REOPENING_COSTS = 15;

/** 100 less 25 for each conversation that is not done and 15 for each opening again in 90 days. Exists once there was a conversation. */
function supportLoad(conversations: readonly Conversation[], nowMs: number): number | null {
  if (conversations.length === 0) return null;
  const open = conversations.filter(({ status }) => !isDone(status)).length;
  const reopenings = conversations.flatMap(({ reopenedAtMs }) => reopenedAtMs).filter((atMs) => isWithin(atMs, SUPPORT_DAYS, nowMs));
  return Math.max(0, 100 - OPEN_COSTS * open - REOPENING_COSTS * reopenings.length);
}

const PAYMENT_DAYS = 90;

/** Of the attempts to pay in 90 days, the share that went through. */
function paymentScore(facts: readonly Fact[], nowMs: number): number | null {
  const recent = facts.filter(({ occurredAtMs }) => isWithin(occurredAtMs, PAYMENT_DAYS, nowMs));
  const made = recent.filter(({ kind }) => kind === 'PAYMENT_MADE').length;
  const failed = recent.filter(({ kind }) => kind === 'PAYMENT_FAILED').length;
  return made + failed === 0 ? null : (100 * made) / (made + failed);
}

const RECENT_DAYS = 7;
const GONE_DAYS = 90;

/** 100 up to a week after the customer was last seen, falling evenly to 0 after 90 days. */
function recency(lastSeenAtMs: number | null, nowMs: number): number | null {
  if (lastSeenAtMs === null) return null;
  const days = (nowMs - lastSeenAtMs) / DAY_MS;
  return Math.min(100, Math.max(0, (100 * (GONE_DAYS - days)) / (GONE_DAYS - RECENT_DAYS)));
}

function isWithin(atMs: number, days: number, nowMs: number): boolean {
  return atMs <= nowMs && nowMs - atMs < days * DAY_MS;
}
