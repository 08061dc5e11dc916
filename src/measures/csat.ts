import type { SurveyAnswer } from './surveyAnswer';
import { type RateScore, rateScore } from './wilson';

/** 4 of 1–5 stands at three quarters of its scale. */
const SATISFIED_FROM = 0.75;

/**
 * In the top two boxes of five, or as high on the answer's own scale: 4–5 of 5, 3 of 3, 6–7 of 7, 8–10 of 10, thumb up. Never
 * of an invalid answer.
 */
export function isSatisfied({ survey, score, scaleMin, scaleMax, isValid }: SurveyAnswer): boolean {
  return survey === 'csat' && isValid && score - scaleMin >= SATISFIED_FROM * (scaleMax - scaleMin);
}

/** 2 of 1–5 stands at one quarter. */
const DISSATISFIED_TO = 0.25;

/** In the lowest two boxes of five, or as low on the answer's own scale: 1 of 3, 1–2 of 7, 1–3 of 10, thumb down. */
export function isDissatisfied({ survey, score, scaleMin, scaleMax, isValid }: SurveyAnswer): boolean {
  return survey === 'csat' && isValid && score - scaleMin <= DISSATISFIED_TO * (scaleMax - scaleMin);
}

export interface CsatScore extends RateScore {
  /** Answers outside their scale, dropped. */
  readonly invalid: number;
}

/** The share of satisfied answers among the answers to CSAT, with Wilson's 95 % interval. */
export function csatOf(answers: readonly SurveyAnswer[]): CsatScore {
  const csat = answers.filter(({ survey }) => survey === 'csat');
  const valid = csat.filter(({ isValid }) => isValid);
  return { ...rateScore(valid.filter(isSatisfied).length, valid.length), invalid: csat.length - valid.length };
}
