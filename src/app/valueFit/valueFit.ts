import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import type { Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { Refusal } from '../../kernel/refusals';
import { type BgNbdFit, fitBgNbd } from '../../measures/value/fitBgNbd';
import { fitGammaGamma, type GammaGammaFit } from '../../measures/value/gammaGamma';
import { type CustomerHistory, purchaseHistory } from '../../measures/value/purchaseHistory';
import { EXPECTATION_COLUMNS, expectationLine, plain } from './expectations';
import { readTransactions, type Transactions } from './readTransactions';
import { UNIT_DAYS } from './timeUnit';
import type { ValueFitFlags } from './valueFitFlags';

const LINES_A_WRITE = 5_000;
const DAY_MS = 86_400_000;

interface Fitted {
  readonly customers: readonly { readonly id: string; readonly history: CustomerHistory }[];
  readonly ordering: BgNbdFit;
  readonly spending: GammaGammaFit | null;
}

/** Fits the models to a file and writes the parameters to `output`, the expectations there or to the file that the flags name. */
export async function valueFit(flags: ValueFitFlags, output: Writable, say: (line: string) => void): Promise<void> {
  const transactions = await readTransactions(flags);
  for (const line of describeColumns(transactions)) say(line);
  const fitted = fitModels(transactions, flags);
  for (const line of describeFit(fitted, flags)) output.write(`${line}\n`);
  if (flags.out === null) {
    output.write('\n');
    await writeExpectations(output, fitted, flags);
    return;
  }
  const stream = createWriteStream(flags.out);
  try {
    const done = finished(stream);
    await Promise.race([writeExpectations(stream, fitted, flags), done]);
    stream.end();
    await done;
  } catch (error) {
    throw new Refusal('FILE_UNREADABLE', `${flags.out} cannot be written: ${error instanceof Error ? error.message : error}.`);
  }
}

function fitModels({ customers, lastDay, isCounted }: Transactions, { until, unit }: ValueFitFlags): Fitted {
  if (until && until.isCounted !== isCounted) {
    throw new Refusal(
      'INVALID_INPUT',
      `--until is ${isCounted ? 'a calendar date, and the file counts its days' : 'a day’s number, and the file has dates'}.`,
    );
  }
  const untilDay = until?.day ?? lastDay;
  const known = customers.flatMap(({ id, days }) => {
    const history = purchaseHistory(days, untilDay, UNIT_DAYS[unit]);
    return history ? [{ id, history }] : [];
  });
  const ordering = fitBgNbd(known.map(({ history }) => history));
  if (!ordering) {
    throw new Refusal(
      'TRANSACTIONS_UNUSABLE',
      `Nothing can be learnt from ${known.length} customers of whom none ordered on a second day in that time.`,
    );
  }
  return { customers: known, ordering, spending: fitGammaGamma(known.map(({ history }) => history.spend)) };
}

function describeColumns({ columns, rows, customers, lastDay, refundDays, isCounted }: Transactions): readonly string[] {
  const { names, customer, date, amount } = columns;
  const amounts = amount === null ? 'no amounts' : `amount ${names[amount]}`;
  const last = isCounted ? `day ${lastDay}` : new Date(lastDay * DAY_MS).toISOString().slice(0, 10);
  return [
    `columns: customer ${names[customer]}, date ${names[date]}, ${amounts}`,
    `${rows} transactions of ${customers.length} customers, the last on ${last}`,
    ...(refundDays > 0 ? [`${refundDays} days came to less than nothing and are no order days`] : []),
  ];
}

function describeFit({ customers, ordering, spending }: Fitted, { unit, horizonDays }: ValueFitFlags): readonly string[] {
  const repeats = customers.filter(({ history }) => history.frequency > 0).length;
  const lines = [
    `customers: ${customers.length}, with repeated orders: ${repeats}`,
    `BG/NBD (time in ${unit}s): r = ${plain(ordering.r)}, alpha = ${plain(ordering.alpha)}, a = ${plain(ordering.a)}, b = ${plain(ordering.b)}`,
    `BG/NBD log-likelihood: ${plain(ordering.logLikelihood)}${doubtOf(ordering)}`,
  ];
  if (spending) {
    lines.push(
      `Gamma-Gamma (${spending.customers} customers): p = ${plain(spending.p)}, q = ${plain(spending.q)}, v = ${plain(spending.v)}`,
      `Gamma-Gamma log-likelihood: ${plain(spending.logLikelihood)}${doubtOf(spending)}`,
    );
  }
  return [...lines, `horizon: ${plain(horizonDays / UNIT_DAYS[unit])} ${unit}s (${plain(horizonDays)} days)`];
}

function doubtOf({ converged }: { readonly converged: boolean }): string {
  return converged ? '' : ' (no maximum: the data do not determine the parameters)';
}

async function writeExpectations(
  stream: Writable,
  { customers, ordering, spending }: Fitted,
  { horizonDays, unit }: ValueFitFlags,
): Promise<void> {
  const horizon = horizonDays / UNIT_DAYS[unit];
  let batch: string[] = [EXPECTATION_COLUMNS.join(',')];
  for (const customer of customers) {
    batch.push(expectationLine(customer, horizon, ordering, spending));
    if (batch.length < LINES_A_WRITE) continue;
    if (!stream.write(`${batch.join('\n')}\n`)) await once(stream, 'drain');
    batch = [];
  }
  if (batch.length > 0) stream.write(`${batch.join('\n')}\n`);
}
