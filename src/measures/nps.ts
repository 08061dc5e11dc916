import type { SurveyAnswer } from './surveyAnswer';
import { Z_95 } from './wilson';

export interface NpsCounts {
  readonly promoters: number;
  readonly passives: number;
  readonly detractors: number;
  /** Answers outside 0–10, dropped. */
  readonly invalid: number;
}

export interface NpsScore extends NpsCounts {
  /** −100 to 100; null without answers. */
  readonly score: number | null;
  readonly responses: number;
  /** Half the width of the 95 % interval, in points, at most 100. */
  readonly marginOfError: number | null;
}

export type NpsGroup = 'PROMOTER' | 'PASSIVE' | 'DETRACTOR';

/** 9 and 10, 7 and 8, 0 to 6 (Reichheld 2003); null of an invalid answer. */
export function npsGroup({ score, isValid }: Pick<SurveyAnswer, 'score' | 'isValid'>): NpsGroup | null {
  if (!isValid) return null;
  if (score >= 9) return 'PROMOTER';
  return score >= 7 ? 'PASSIVE' : 'DETRACTOR';
}

/** Of the answers to NPS among these. */
export function npsOf(answers: readonly SurveyAnswer[]): NpsScore {
  const groups = answers.filter(({ survey }) => survey === 'nps').map(npsGroup);
  const count = (wanted: NpsGroup | null) => groups.filter((group) => group === wanted).length;
  return npsScore({ promoters: count('PROMOTER'), passives: count('PASSIVE'), detractors: count('DETRACTOR'), invalid: count(null) });
}

export function npsScore(counts: NpsCounts): NpsScore {
  const responses = counts.promoters + counts.passives + counts.detractors;
  const score = responses === 0 ? null : (100 * (counts.promoters - counts.detractors)) / responses;
  return { ...counts, score, responses, marginOfError: responses === 0 ? null : npsMarginOfError(counts) };
}

/**
 * The adjusted Wald margin (Rocks, "Interval Estimation for the Net Promoter Score", The American Statistician 2016; MeasuringU): three
 * answers are added, ¾ to promoters, ¾ to detractors, the rest to passives. In points, at most 100.
 */
export function npsMarginOfError({ promoters, passives, detractors }: NpsCounts, z: number = Z_95): number {
  const adjusted = promoters + passives + detractors + 3;
  const promoting = (promoters + 0.75) / adjusted;
  const detracting = (detractors + 0.75) / adjusted;
  const variance = promoting + detracting - (promoting - detracting) ** 2;
  return Math.min(100, 100 * z * Math.sqrt(variance / adjusted));
}
