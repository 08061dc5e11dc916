import type { JsonObject } from '../../../kernel/json';
import { numberIn, objectIn, textIn, valueAt } from '../payload';
import type { WebhookSettings } from '../webhookVendor';

/** A question that is answered by a number on a scale. */
export interface ScoredQuestion {
  readonly surveyType: 'nps' | 'csat' | 'ces';
  readonly scaleMin: number;
  readonly scaleMax: number;
  /** Of a CES. */
  readonly version?: '1.0' | '2.0';
}

const USUAL_STEPS: Readonly<Record<string, number>> = { opinion_scale: 11, rating: 5 };

/**
 * How the answers to a field of a form count; null where it is no question with a scale. What the settings of the source say of it, under
 * `questions` and the field's ref (surveyType, scaleMin, scaleMax), goes before what its type, title and steps tell.
 */
export function scoredQuestion(field: JsonObject, settings: WebhookSettings): ScoredQuestion | null {
  const type = textIn(field, 'type') ?? '';
  if (type !== 'nps' && !Object.hasOwn(USUAL_STEPS, type)) return null;
  const told = objectIn(settings, ['questions', textIn(field, 'ref') ?? '']);
  const steps = numberIn(field, ['properties', 'steps']) ?? USUAL_STEPS[type] ?? 11;
  const startsAtOne = type === 'rating' || valueAt(field, ['properties', 'start_at_one']) === true;
  const scaleMin = numberIn(told, 'scaleMin') ?? (startsAtOne ? 1 : 0);
  const scaleMax = numberIn(told, 'scaleMax') ?? scaleMin + steps - 1;
  const surveyType = surveyTypeOf(textIn(told, 'surveyType')) ?? (type === 'nps' ? 'nps' : surveyTypeByWords(field, scaleMax - scaleMin));
  if (surveyType !== 'ces') return { surveyType, scaleMin, scaleMax };
  // Customer Effort Score 2.0 asks on 1 to 7 whether it was easy; the first version asked on 1 to 5 how much effort it was.
  return { surveyType, scaleMin, scaleMax, version: scaleMax === 5 ? '1.0' : '2.0' };
}

function surveyTypeOf(word: string | null): ScoredQuestion['surveyType'] | null {
  return word === 'nps' || word === 'csat' || word === 'ces' ? word : null;
}

function surveyTypeByWords(field: JsonObject, span: number): ScoredQuestion['surveyType'] {
  const words = `${textIn(field, 'ref') ?? ''} ${textIn(field, 'title') ?? ''}`.toLowerCase();
  if (/(^|[^a-z])ces([^a-z]|$)|effort|easy/.test(words)) return 'ces';
  return span === 10 && /(^|[^a-z])nps([^a-z]|$)|recommend/.test(words) ? 'nps' : 'csat';
}
