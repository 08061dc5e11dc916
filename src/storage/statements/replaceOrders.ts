import { CHANNELS, DEPARTMENTS } from '../../kernel/vocabulary';
import type { EvaluatedOrder } from '../../measures/evaluation';
import { integer, replaceRows, smallint, text, textual, time } from './replaceRows';

/** What the column holds. */
const MOST_ITEMS = 2_147_483_647;

/** Grain: one row a profile and order. */
export const replaceOrders = replaceRows<EvaluatedOrder>('customer_order', 'order_key', [
  text('order_key', (order) => order.key),
  smallint('department', (order) => DEPARTMENTS.indexOf(order.department)),
  smallint('channel', (order) => CHANNELS.indexOf(order.channel)),
  time('placed_at', (order) => order.placedAtMs),
  text('status', (order) => order.status),
  integer('items', (order) => Math.min(order.items, MOST_ITEMS)),
  textual('amount', 'numeric', (order) => order.value.amount),
  textual('net', 'numeric', (order) => order.net.amount),
  text('currency', (order) => order.value.currency),
]);
