import { Refusal } from '../../kernel/refusals';
import { onlyFile, parseFlags } from '../commandFlags';
import { isUnit, UNIT_DAYS, type Unit } from './timeUnit';
import { type FileDay, readDay } from './transactionDay';

/** What the command line asks for. */
export interface ValueFitFlags {
  readonly file: string;
  /** The last day that counts, as it is written in the file; null: the last day of the file. */
  readonly until: FileDay | null;
  readonly unit: Unit;
  readonly horizonDays: number;
  /** Where the expectations go; null: standard output. */
  readonly out: string | null;
  /** Columns by name, or by number from 1; null: guessed. */
  readonly columns: { readonly customer: string | null; readonly date: string | null; readonly amount: string | null };
}

const DEFAULT_HORIZON_DAYS = 90;

export const USAGE = `npm run value:fit -- transactions.csv --until 1997-09-30 --unit week [flags]

Fits the BG/NBD model of ordering and the Gamma-Gamma model of spending to the transactions of a file (CSV of any delimiter, or columns parted
by blanks; also gzip) by maximum likelihood, and prints the parameters, the log-likelihoods and what is to be expected of each customer.

  --until DAY          the last day that counts; later transactions are left out      (the last day of the file)
  --unit UNIT          the unit of time of the parameters: ${Object.keys(UNIT_DAYS).join(', ')}           (day)
  --horizon N[UNIT]    how far to look ahead, such as 39week or 90day; in --unit if none is said  (90day)
  --out FILE           where the expectations go, as CSV                              (standard output, after the parameters)
  --customer COLUMN    columns by name, or by number from 1                           (guessed)
  --date COLUMN
  --amount COLUMN

A date is 1997-09-30, 19970930, a time such as 1997-09-30T12:00Z, or a day's number. All transactions of a customer on one day are one order day,
and their amounts are summed. A customer's time begins with the first order day: x counts the order days after it, t_x is the last of them, T is
--until. A day whose amounts come to less than nothing is a refund and no order day. The first line may name the columns or be a transaction.
`;

/** Reads the flags; undefined where help is asked for. */
export function readValueFitFlags(args: readonly string[]): ValueFitFlags | undefined {
  const { values, positionals } = parse(args);
  if (values.help) return undefined;
  const file = onlyFile(positionals);
  if (file === undefined) throw new Refusal('INVALID_INPUT', 'Say which file of transactions; --help tells the flags.');
  const unit = readUnit(values.unit ?? 'day');
  return {
    file,
    until: values.until === undefined ? null : readUntil(values.until),
    unit,
    horizonDays: values.horizon === undefined ? DEFAULT_HORIZON_DAYS : readHorizonDays(values.horizon, unit),
    out: values.out ?? null,
    columns: { customer: values.customer ?? null, date: values.date ?? null, amount: values.amount ?? null },
  };
}

function parse(args: readonly string[]) {
  const text = { type: 'string' } as const;
  const options = {
    until: text,
    unit: text,
    horizon: text,
    out: text,
    customer: text,
    date: text,
    amount: text,
    help: { type: 'boolean', short: 'h' },
  } as const;
  return parseFlags(args, options);
}

function readUntil(text: string): FileDay {
  const day = readDay(text);
  if (day === null) throw new Refusal('INVALID_INPUT', `--until is a day such as 1997-09-30; "${text}" is none.`);
  return day;
}

function readUnit(text: string): Unit {
  const unit = text.toLowerCase().replace(/s$/, '');
  if (!isUnit(unit)) throw new Refusal('INVALID_INPUT', `--unit is one of ${Object.keys(UNIT_DAYS).join(', ')}; "${text}" is not.`);
  return unit;
}

function readHorizonDays(text: string, unit: Unit): number {
  const [, number = '', named = ''] = /^([0-9]+(?:\.[0-9]+)?) *([a-z]*)$/i.exec(text.trim()) ?? [];
  const horizonDays = Number(number) * UNIT_DAYS[named === '' ? unit : readUnit(named)];
  if (!(horizonDays > 0)) throw new Refusal('INVALID_INPUT', `--horizon is a time such as 39week; "${text}" is none.`);
  return horizonDays;
}
