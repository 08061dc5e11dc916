import type { ColumnUse } from '../../identity/matching/guessRoles';
import { isRole, ROLES } from '../../identity/matching/roles';
import { Refusal } from '../../kernel/refusals';
import { onlyFile, parseFlags } from '../commandFlags';

/** What the command line asks for. */
export interface MatchFlags {
  readonly file: string;
  readonly out: string;
  readonly report: string;
  /** Columns by name; undefined: to be guessed. */
  readonly id: string | undefined;
  readonly source: string | undefined;
  readonly uses: ReadonlyMap<string, ColumnUse>;
  readonly threshold: number;
  readonly largestCluster: number;
}

export const USAGE = `npm run match -- records.csv [flags]

Finds the records of a CSV (or .csv.gz) that are the same person and writes record_id,cluster_id for each.

  --out FILE           where the clusters go                       (clusters.csv)
  --report FILE        where the report goes, one HTML file        (report.html)
  --id COLUMN          the column with the record ids              (guessed; else the number of the row)
  --source COLUMN      the column that names the source            (guessed)
  --map COLUMN=ROLE    what a column holds; can be given again     (guessed)
  --exclude COLUMN     a column not to be looked at; can be given again
  --threshold P        how probable a link must be, 0 to 1         (0.5)
  --largest N          no cluster grows beyond so many records     (100)

Roles: ${Object.keys(ROLES).join(', ')}, fullName, ignore.
`;

const USES_BESIDE_ROLES: readonly string[] = ['fullName', 'ignore'];

/** Reads the flags; undefined where help is asked for. */
export function readMatchFlags(args: readonly string[]): MatchFlags | undefined {
  const { values, positionals } = parse(args);
  if (values.help) return undefined;
  const file = onlyFile(positionals);
  if (file === undefined) throw new Refusal('INVALID_INPUT', 'Say which CSV to match; --help tells the flags.');
  return {
    file,
    out: values.out ?? 'clusters.csv',
    report: values.report ?? 'report.html',
    id: values.id,
    source: values.source,
    uses: new Map([...(values.map ?? []).map(readMapping), ...(values.exclude ?? []).map((column) => [column, 'ignore'] as const)]),
    threshold: readNumber('threshold', values.threshold ?? '0.5', (number) => number > 0 && number < 1, 'between 0 and 1'),
    largestCluster: readNumber(
      'largest',
      values.largest ?? '100',
      (number) => Number.isInteger(number) && number >= 2,
      'a whole number from 2 on',
    ),
  };
}

function parse(args: readonly string[]) {
  const text = { type: 'string' } as const;
  const list = { type: 'string', multiple: true } as const;
  const options = {
    out: text,
    report: text,
    id: text,
    source: text,
    map: list,
    exclude: list,
    threshold: text,
    largest: text,
    help: { type: 'boolean', short: 'h' },
  } as const;
  return parseFlags(args, options);
}

function readMapping(mapping: string): readonly [string, ColumnUse] {
  const at = mapping.lastIndexOf('=');
  const [column, use] = [mapping.slice(0, at), mapping.slice(at + 1)];
  if (at <= 0 || !(isRole(use) || USES_BESIDE_ROLES.includes(use))) {
    throw new Refusal('INVALID_INPUT', `--map takes COLUMN=ROLE; "${mapping}" is none. --help tells the roles.`);
  }
  return [column, use as ColumnUse];
}

function readNumber(flag: string, text: string, isAllowed: (number: number) => boolean, allowed: string): number {
  const number = Number(text);
  if (text.trim() === '' || !isAllowed(number)) throw new Refusal('INVALID_INPUT', `--${flag} is ${allowed}; "${text}" is not.`);
  return number;
}
