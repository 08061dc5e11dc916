import type { TextSentiment } from '../../timeline/sentiment/textSentiment';
import type { Conversation } from '../conversation';
import type { Fact } from '../fact';
import type { Order } from '../shapes';
import type { SurveyAnswer } from '../surveyAnswer';
import type { FrictionSettings } from './frictionSettings';

/** What friction is looked for in: one customer's facts and what is made of them. */
export interface FrictionHistory {
  readonly facts: readonly Fact[];
  readonly conversations: readonly Conversation[];
  readonly answers: readonly SurveyAnswer[];
  readonly orders: readonly Order[];
  readonly settings: FrictionSettings;
  /** The part of [from, to) in which the company works; may not become smaller as `to` grows. */
  readonly businessMsBetween: (fromMs: number, toMs: number) => number;
  readonly sentimentOf: TextSentiment;
}
