import { Refusal } from '../../kernel/refusals';
import { SCOPES, type Scope } from '../../kernel/vocabulary';
import { parseFlags } from '../commandFlags';

/** What an operator asks for. */
export type AdminRequest =
  | { readonly command: 'create-workspace'; readonly name: string; readonly country: string }
  | { readonly command: 'list-workspaces' }
  | { readonly command: 'list-sources'; readonly workspaceId: number }
  | {
      readonly command: 'create-key';
      readonly workspaceId: number;
      readonly name: string;
      readonly scopes: readonly Scope[];
      /** Null: until it is revoked. */
      readonly days: number | null;
    };

export const USAGE = `npm run admin -- COMMAND

  create-workspace NAME [--country DE]   a new workspace and its first API key, which has every scope and is shown this once;
                                         --country: of phone numbers that name none (US)
  list-workspaces                        each with its number, name, country, sources and API keys
  list-sources WORKSPACE                 those of the workspace with this number
  create-key WORKSPACE NAME [--scopes profiles:read,admin] [--days 90]
                                         another API key, should all keys be lost; every scope and without end where nothing else is said

Asks the database of DATABASE_URL, or the one that npm start runs in DATA_DIR (.throughline), with its owner's rights: whoever may read
their passwords is the operator. Everything inside a workspace is done by its API keys.
`;

const MAX_NAME_CHARACTERS = 200;
const MAX_DAYS = 3_650;

/** Null where help is asked for. Refuses with INVALID_INPUT. */
export function readAdminFlags(args: readonly string[]): AdminRequest | null {
  const text = { type: 'string' } as const;
  const options = { country: text, scopes: text, days: text, help: { type: 'boolean', short: 'h' } } as const;
  const { values, positionals } = parseFlags(args, options);
  const [command, first, second] = positionals;
  if (values.help || command === undefined) return null;
  switch (command) {
    case 'create-workspace':
      return { command, name: nameOf(first), country: countryOf(values.country ?? 'US') };
    case 'list-workspaces':
      return { command };
    case 'list-sources':
      return { command, workspaceId: workspaceOf(first) };
    case 'create-key':
      return {
        command,
        workspaceId: workspaceOf(first),
        name: nameOf(second),
        scopes: scopesOf(values.scopes),
        days: values.days === undefined ? null : daysOf(values.days),
      };
    default:
      throw new Refusal('INVALID_INPUT', `There is no command "${command}"; --help tells them.`);
  }
}

function nameOf(text = ''): string {
  const name = text.trim();
  if (name === '' || name.length > MAX_NAME_CHARACTERS)
    throw new Refusal('INVALID_INPUT', `Give a name of 1 to ${MAX_NAME_CHARACTERS} characters.`);
  return name;
}

function countryOf(text: string): string {
  if (!/^[A-Z]{2}$/.test(text)) throw new Refusal('INVALID_INPUT', '--country is two capital letters, such as DE (ISO 3166).');
  return text;
}

function workspaceOf(text = ''): number {
  if (!/^[1-9][0-9]{0,8}$/.test(text)) throw new Refusal('INVALID_INPUT', 'Give the number of a workspace; list-workspaces tells them.');
  return Number(text);
}

function scopesOf(text: string | undefined): readonly Scope[] {
  const asked = text?.split(',') ?? SCOPES;
  const known = SCOPES.filter((scope) => asked.includes(scope));
  if (known.length < asked.length) throw new Refusal('INVALID_INPUT', `--scopes are among ${SCOPES.join(', ')}, with commas between them.`);
  return known;
}

function daysOf(text: string): number {
  const days = Number(text);
  if (!Number.isInteger(days) || days < 1 || days > MAX_DAYS)
    throw new Refusal('INVALID_INPUT', `--days is a whole number from 1 to ${MAX_DAYS}.`);
  return days;
}
