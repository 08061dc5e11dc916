import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { DEPARTMENTS, type Department } from '../../kernel/vocabulary';
import { FileFault } from './importRow';

export interface ImportFlags {
  /** Null: standard input. */
  readonly file: string | null;
  readonly format: 'csv' | 'ndjson' | null;
  readonly source: string;
  readonly department: Department;
  readonly url: string;
  readonly writeKey: string | null;
  readonly apiKey: string | null;
  readonly dataDir: string;
  readonly mapped: ReadonlyMap<string, string>;
  readonly idColumn: string | null;
  readonly columns: readonly string[] | null;
  readonly delimiter: string | null;
  readonly encoding: string | null;
  readonly report: string | null;
  readonly dryRun: boolean;
}

export const USAGE = `npm run import -- customers.csv --source crm [flags]

Sends the records of a file through the front door (POST /v1/batch): CSV or NDJSON, also gzip; "-" or nothing is standard input.
An object of NDJSON may be a message of the Segment protocol; every other record becomes an identify.

  --source NAME          the source that the records come from; also names its own ids (crm.id)
  --write-key KEY        the source's write key (or WRITE_KEY); without it the source is created with the API key, and its key kept
  --api-key KEY          needs the scope admin (or DEV_API_KEY; default: the development key in DATA_DIR)
  --department NAME      of a source that is created: marketing, sales (default), product or support
  --url URL              the server (default http://127.0.0.1:4000, or PORT)
  --map COLUMN=TARGET    again for each column: user_id, anonymous_id, email, phone, timestamp, an identifier type with a dot (crm.id),
                         a trait, or - to leave it out; other columns are guessed by their names, and shown
  --id-column COLUMN     the column that holds the user id, short for --map COLUMN=user_id
  --columns A,B,…        the names of the columns of a CSV whose first line is a record
  --delimiter C          default: the one of , ; tab | that the first line holds most of
  --encoding LABEL       default utf-8 (utf-16 by its byte order mark)
  --format csv|ndjson    default: by the file's name, else by its first character
  --report FILE          where to list what was refused (default: the file's name with .refused.csv)
  --dry-run              show what the columns are taken for, send nothing
`;

const FLAGS = {
  source: { type: 'string' },
  department: { type: 'string' },
  url: { type: 'string' },
  'write-key': { type: 'string' },
  'api-key': { type: 'string' },
  map: { type: 'string', multiple: true },
  'id-column': { type: 'string' },
  columns: { type: 'string' },
  delimiter: { type: 'string' },
  encoding: { type: 'string' },
  format: { type: 'string' },
  report: { type: 'string' },
  'dry-run': { type: 'boolean' },
} as const;

/** Throws FileFault for flags that say nothing sensible. */
export function readFlags(args: readonly string[], environment: Readonly<Record<string, string | undefined>>): ImportFlags {
  const { values, positionals } = parsed(args);
  const [file = '-', ...others] = positionals;
  if (others.length > 0) throw new FileFault(`One file at a time; there are ${positionals.length}.`);
  if (!values.source?.trim()) throw new FileFault('Say where the records come from, such as --source crm.');
  return {
    ...readServer(values, environment),
    file: file === '-' ? null : file,
    format: oneOf('--format', values.format, ['csv', 'ndjson'] as const),
    source: values.source.trim(),
    department: oneOf('--department', values.department?.toUpperCase(), DEPARTMENTS) ?? 'SALES',
    mapped: new Map((values.map ?? []).map(pairOf)),
    idColumn: values['id-column'] ?? null,
    columns: values.columns?.split(',').map((column) => column.trim()) ?? null,
    delimiter: delimiterOf(values.delimiter),
    encoding: values.encoding ?? null,
    report: values.report ?? null,
    dryRun: values['dry-run'] ?? false,
  };
}

function readServer(
  values: { readonly url?: string | undefined; readonly 'write-key'?: string | undefined; readonly 'api-key'?: string | undefined },
  environment: Readonly<Record<string, string | undefined>>,
): Pick<ImportFlags, 'url' | 'writeKey' | 'apiKey' | 'dataDir'> {
  const url = values.url ?? `http://127.0.0.1:${environment['PORT'] || 4000}`;
  if (!/^https?:\/\//.test(url) || !URL.canParse(url)) throw new FileFault(`--url must look like http://127.0.0.1:4000, not ${url}.`);
  return {
    url: new URL(url).origin,
    writeKey: values['write-key'] ?? (environment['WRITE_KEY'] || null),
    apiKey: values['api-key'] ?? (environment['DEV_API_KEY'] || null),
    dataDir: resolve(environment['DATA_DIR'] || '.throughline'),
  };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: FLAGS, allowPositionals: true });
  } catch (error) {
    throw new FileFault((error as Error).message, { cause: error });
  }
}

function oneOf<Value extends string>(flag: string, value: string | undefined, allowed: readonly Value[]): Value | null {
  if (value === undefined) return null;
  const found = allowed.find((candidate) => candidate === value);
  if (found === undefined) throw new FileFault(`${flag} must be one of ${allowed.join(', ').toLowerCase()}.`);
  return found;
}

/** A column may have `=` in its name, a target has none. */
function pairOf(text: string): readonly [column: string, target: string] {
  const at = text.lastIndexOf('=');
  if (at < 1 || at === text.length - 1) throw new FileFault(`--map must look like COLUMN=TARGET, not ${text}.`);
  return [text.slice(0, at), text.slice(at + 1)];
}

function delimiterOf(text: string | undefined): string | null {
  if (text === undefined) return null;
  const delimiter = text === '\\t' || text.toLowerCase() === 'tab' ? '\t' : text;
  if (delimiter.length !== 1 || /["\r\n]/.test(delimiter)) throw new FileFault('--delimiter must be one character, or tab.');
  return delimiter;
}
