import { type MeanScore, meanScore, momentsOf } from './meanScore';
import { CES_SCALES, type SurveyAnswer } from './surveyAnswer';
import { type RateScore, rateScore } from './wilson';

/** The version in use since 2013: "made it easy", 1 to 7. The first (1 to 5, how much effort) runs the other way and is never mixed in. */
export type CesVersion = '1.0' | '2.0';

/** What answers of one version and one only say. */
export interface CesScore extends MeanScore {
  /** Answers from 5 on of version 2.0, at most 2 of version 1.0: those who had it easy. */
  readonly easy: RateScore;
  /** Answers of this version outside their scale, dropped. */
  readonly invalid: number;
}

export function isEasy({ survey, score, version, isValid }: SurveyAnswer): boolean {
  if (survey !== 'ces' || !isValid) return false;
  return version === '1.0' ? score <= 2 : score >= 5;
}

export function cesOf(answers: readonly SurveyAnswer[], version: CesVersion = '2.0'): CesScore {
  const ces = answers.filter((answer) => answer.survey === 'ces' && answer.version === version);
  const valid = ces.filter(({ isValid }) => isValid);
  return {
    ...meanScore(momentsOf(valid.map(({ score }) => score)), CES_SCALES[version]),
    easy: rateScore(valid.filter(isEasy).length, valid.length),
    invalid: ces.length - valid.length,
  };
}
