import { CHANNELS, DEPARTMENTS } from '../../kernel/vocabulary';
import type { EvaluatedAnswer } from '../../measures/evaluation';
import { bool, replaceRows, smallint, text, textual, time, uuid } from './replaceRows';

/** Grain: one row a profile and answer. */
export const replaceSurveyAnswers = replaceRows<EvaluatedAnswer>('survey_answer', 'interaction_id', [
  uuid('interaction_id', ({ fact }) => fact.interactionId),
  text('survey', (row) => row.survey),
  time('answered_at', ({ fact }) => fact.occurredAtMs),
  smallint('department', ({ fact }) => DEPARTMENTS.indexOf(fact.department)),
  smallint('channel', ({ fact }) => CHANNELS.indexOf(fact.channel)),
  textual('score', 'float8', (row) => String(row.score)),
  textual('scale_min', 'float8', (row) => String(row.scaleMin)),
  textual('scale_max', 'float8', (row) => String(row.scaleMax)),
  text('version', (row) => row.version),
  bool('is_valid', (row) => row.isValid),
  bool('is_favourable', (row) => row.isFavourable),
]);
