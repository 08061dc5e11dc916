import type { Channel } from '../../kernel/vocabulary';
import type { TextSentiment } from '../../timeline/sentiment/textSentiment';
import type { Conversation } from '../conversation';
import type { Fact } from '../fact';
import type { Order } from '../order';
import type { SurveyAnswer } from '../surveyAnswer';
import type { FrictionSettings } from './frictionSettings';

/** What friction is looked for in: one customer's facts and what is made of them. */
export interface FrictionHistory {
  readonly facts: readonly Fact[];
  readonly conversations: readonly Conversation[];
  readonly answers: readonly SurveyAnswer[];
  readonly orders: readonly Order[];
  readonly settings: FrictionSettings;
  /** When so many minutes of the time in which a channel is served have gone; null where it never is. More minutes are never done earlier. */
  readonly afterBusinessMinutes: (fromMs: number, minutes: number, channel: Channel) => number | null;
  readonly sentimentOf: TextSentiment;
}
