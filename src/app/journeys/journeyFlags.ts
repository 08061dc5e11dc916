import { Refusal } from '../../kernel/refusals';
import { onlyFile, parseFlags } from '../commandFlags';
import type { NamedColumns } from './eventColumns';
import type { DayOrder } from './eventTime';

/** What the command line asks for. */
export interface JourneyFlags {
  readonly file: string;
  readonly columns: NamedColumns;
  /** Undefined: told from the file. */
  readonly dayOrder: DayOrder | undefined;
  /** Activities whose repetitions are counted. */
  readonly repeats: readonly string[];
  /** Variants and pairs listed in the table. */
  readonly first: number;
  readonly json: boolean;
}

export const USAGE = `npm run journeys -- events.csv [flags]

Reads an event log (CSV or .csv.gz, one event a line, the first line names the columns) and prints its variants, which are the different ways
that cases went, and how often one activity came directly after another. Events of a case are ordered by time; those at the same time stay in
the file's order.

  --case COLUMN        the column with the case ids, by name, or by number from 1  (guessed)
  --activity COLUMN    the column with the activities              (guessed)
  --time COLUMN        the column with the times                   (guessed; without one the file's order counts)
  --repeats ACTIVITY   counts how often it came again in a case, such as how often a ticket was reopened; can be given again
  --first N            how many variants and pairs to list, 0: all (20)
  --json               prints everything as JSON
  --day-first, --month-first   how to read 03/04/2011              (told from the file, else day first)
`;

/** Reads the flags; undefined where help is asked for. */
export function readJourneyFlags(args: readonly string[]): JourneyFlags | undefined {
  const { values, positionals } = parse(args);
  if (values.help) return undefined;
  const file = onlyFile(positionals);
  if (file === undefined) throw new Refusal('INVALID_INPUT', 'Say which CSV to read; --help tells the flags.');
  return {
    file,
    columns: { caseId: values.case, activity: values.activity, time: values.time },
    dayOrder: values['day-first'] ? 'DAY_FIRST' : values['month-first'] ? 'MONTH_FIRST' : undefined,
    repeats: values.repeats ?? [],
    first: readCount(values.first ?? '20'),
    json: values.json ?? false,
  };
}

function parse(args: readonly string[]) {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean' } as const;
  const options = {
    case: text,
    activity: text,
    time: text,
    repeats: { type: 'string', multiple: true },
    first: text,
    json: flag,
    'day-first': flag,
    'month-first': flag,
    help: { type: 'boolean', short: 'h' },
  } as const;
  return parseFlags(args, options);
}

function readCount(text: string): number {
  const count = Number(text);
  if (text.trim() === '' || !Number.isInteger(count) || count < 0) {
    throw new Refusal('INVALID_INPUT', `--first is a whole number; "${text}" is not.`);
  }
  return count === 0 ? Number.POSITIVE_INFINITY : count;
}
