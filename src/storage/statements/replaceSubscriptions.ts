import type { Subscription } from '../../measures/subscription';
import { arrayText, timesText } from '../arrayText';
import { replaceRows, text, textual, time } from './replaceRows';

/** Grain: one row a profile and subscription. */
export const replaceSubscriptions = replaceRows<Subscription>('subscription', 'subscription_key', [
  text('subscription_key', (subscription) => subscription.key),
  time('started_at', (subscription) => subscription.startedAtMs),
  time('cancelled_at', (subscription) => subscription.cancelledAtMs),
  textual('runs_from', 'timestamptz[]', ({ spans }) => timesText(spans.map(({ fromMs }) => fromMs))),
  textual('runs_to', 'timestamptz[]', ({ spans }) => timesText(spans.map(({ toMs }) => toMs ?? Number.POSITIVE_INFINITY))),
  textual('steps_at', 'timestamptz[]', ({ mrr }) => timesText(mrr.map(({ fromMs }) => fromMs))),
  textual('monthly_amounts', 'numeric[]', ({ mrr }) => arrayText(mrr.map(({ value }) => value?.amount ?? null))),
  textual('currencies', 'text[]', ({ mrr }) => arrayText(mrr.map(({ value }) => value?.currency ?? null))),
]);
