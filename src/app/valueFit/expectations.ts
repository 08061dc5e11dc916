import { aliveProbability, type BgNbdParameters, expectedOrders } from '../../measures/value/bgNbd';
import { expectedOrderValue, type GammaGammaParameters } from '../../measures/value/gammaGamma';
import type { CustomerHistory } from '../../measures/value/purchaseHistory';

export const EXPECTATION_COLUMNS = [
  'customer',
  'x',
  't_x',
  'T',
  'mean_repeat_value',
  'p_alive',
  'expected_orders',
  'expected_order_value',
  'expected_value',
] as const;

const DECIMALS = 6;

/** One customer's line: what went in, and what the models expect over `horizon`, in the unit of the parameters; empty where there is nothing. */
export function expectationLine(
  customer: { readonly id: string; readonly history: CustomerHistory },
  horizon: number,
  ordering: BgNbdParameters,
  spending: GammaGammaParameters | null,
): string {
  const { id, history } = customer;
  const orders = expectedOrders(history, horizon, ordering);
  const value = spending && expectedOrderValue(history.spend, spending);
  const numbers = [
    history.recency,
    history.age,
    history.spend.frequency > 0 ? history.spend.meanValue : null,
    aliveProbability(history, ordering),
    orders,
    value,
    value === null ? null : orders * value,
  ];
  return [cell(id), history.frequency, ...numbers.map(plain)].join(',');
}

/** Six decimals, without those that say nothing. */
export function plain(number: number | null): string {
  return number === null ? '' : String(Number(number.toFixed(DECIMALS)));
}

function cell(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
