import { decimalText } from '../../kernel/decimal';
import type { Standing } from '../../measures/evaluation';
import { arrayText, timesText } from '../arrayText';
import { integer, replaceRows, text, textual, time } from './replaceRows';

/** Grain: one row a profile. */
export const replaceCustomers = replaceRows<Standing>('customer', null, [
  text('stage', ({ lifecycle }) => lifecycle.stage),
  textual('stages', 'text[]', ({ lifecycle }) => arrayText(lifecycle.history.map(({ stage }) => stage))),
  textual('stages_at', 'timestamptz[]', ({ lifecycle }) => timesText(lifecycle.history.map(({ fromMs }) => fromMs))),
  textual('customer_from', 'timestamptz[]', ({ spans }) => timesText(spans.map(({ fromMs }) => fromMs))),
  textual('customer_to', 'timestamptz[]', ({ spans }) => timesText(spans.map(({ toMs }) => toMs ?? Number.POSITIVE_INFINITY))),
  integer('orders', (standing) => standing.orders),
  text('currency', (standing) => standing.currency),
  textual('revenue', 'numeric', ({ revenue }) => revenue?.amount ?? null),
  time('last_order_at', (standing) => standing.lastOrderAtMs),
  textual('order_days', 'integer[]', ({ days }) => arrayText(days.map(({ day }) => String(day)))),
  textual('day_values', 'numeric[]', ({ days }) => arrayText(days.map(({ value }) => value && decimalText(value)))),
]);
