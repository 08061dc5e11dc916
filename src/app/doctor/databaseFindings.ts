import type { ClientBase } from 'pg';
import { migrationState } from '../../storage/migrationState';
import { APP_ROLE } from '../../storage/pool';
import { type Finding, findingsOf } from './finding';

const OLDEST_POSTGRES = 150_000;
const CLOCK_WARN_MS = 2_000;
const CLOCK_FAIL_MS = 60_000;
/** 4 for pages, 4 for reports, 6 for transactions, 1 to write, 2 to the queue, 1 that listens and 2 for operators; a worker has 24 and 12 more. */
const CONNECTIONS_OF_ONE_EACH = 56;

interface ServerFacts {
  readonly version: string;
  readonly version_number: number;
  readonly encoding: string;
  readonly is_standby: boolean;
  readonly read_only: string;
  readonly durable: string;
  readonly fsync: string;
  readonly connections: number;
  readonly now_ms: number;
  readonly megabytes: number;
}

/** The server and what it is set to. `clock` tells this machine's time. */
export async function serverFindings(client: ClientBase, clock: () => number): Promise<Finding[]> {
  const { ok, warn, fail } = findingsOf('database');
  const before = clock();
  const { rows } = await client.query<ServerFacts>(`
    select current_setting('server_version') as version, current_setting('server_version_num')::int as version_number,
      current_setting('server_encoding') as encoding, pg_is_in_recovery() as is_standby, current_setting('transaction_read_only') as read_only,
      current_setting('synchronous_commit') as durable, current_setting('fsync') as fsync, current_setting('max_connections')::int as connections,
      (extract(epoch from clock_timestamp()) * 1000)::float8 as now_ms, (pg_database_size(current_database()) / 1048576)::int as megabytes`);
  const it = rows[0] as ServerFacts;
  const behindMs = Math.round(it.now_ms - (before + clock()) / 2);
  const clocks = `The clocks of the database and of this machine are ${Math.abs(behindMs)} ms apart.`;
  return [
    it.version_number >= OLDEST_POSTGRES
      ? ok(`PostgreSQL ${it.version}, ${it.megabytes} MB.`)
      : fail(`PostgreSQL ${it.version} is too old; 15 is the oldest that works.`),
    ...(it.encoding === 'UTF8' ? [] : [fail(`The database is in ${it.encoding}; it must be in UTF8.`)]),
    ...(it.is_standby
      ? [fail('It is a standby, which takes no writes.')]
      : it.read_only === 'on'
        ? [fail('It is read only.')]
        : [ok('It takes writes.')]),
    ...(it.durable === 'off' || it.fsync === 'off'
      ? [fail('synchronous_commit or fsync is off: what was accepted may be lost.')]
      : [ok('What it commits is on disk.')]),
    ...(it.connections < CONNECTIONS_OF_ONE_EACH
      ? [warn(`max_connections is ${it.connections}; one API process and one worker open up to ${CONNECTIONS_OF_ONE_EACH}.`)]
      : []),
    Math.abs(behindMs) > CLOCK_FAIL_MS ? fail(clocks) : Math.abs(behindMs) > CLOCK_WARN_MS ? warn(clocks) : ok(clocks),
  ];
}

/** Whether the server writes what customers are called into its log. */
export async function serverLogFindings(client: ClientBase): Promise<Finding[]> {
  const { ok, warn } = findingsOf('logs of PostgreSQL');
  const { rows } = await client.query<{ name: string; setting: string }>(`
    select s.name, s.setting from pg_settings s
    where (s.name = 'log_min_error_statement' and s.setting not in ('fatal', 'panic', 'log'))
      or (s.name = 'log_min_messages' and s.setting not in ('log', 'fatal', 'panic'))
      or (s.name = 'log_statement' and s.setting in ('mod', 'all'))
      or (s.name = 'log_parameter_max_length' and s.setting <> '0')
      or (s.name = 'log_parameter_max_length_on_error' and s.setting <> '0')
    order by s.name`);
  if (rows.length === 0) return [ok('They hold no values of failed statements.')];
  return [
    warn(
      `They may hold values of customers: ${rows.map(({ name, setting }) => `${name} is ${setting}`).join(', ')}; see docs/operations.md.`,
    ),
  ];
}

/** Answers also whether the schema is there at all, without which nothing else can be looked at. */
export async function migrationFindings(client: ClientBase): Promise<{ readonly isThere: boolean; readonly findings: readonly Finding[] }> {
  const { ok, warn, fail } = findingsOf('migrations');
  const there = await client.query(`select from pg_class c where c.oid = to_regclass('public.schema_migration')`);
  if (there.rowCount === 0) return { isThere: false, findings: [warn('There are none yet; the next start migrates.')] };
  const { rows } = await client.query<{ name: string }>('select m.name from public.schema_migration m');
  const { pending, unknown, contracting } = migrationState(rows.map(({ name }) => name));
  const findings = [
    ...(pending.length > 0
      ? [warn(`${pending.length} of this version are still to be run, by the next start: ${pending.join(', ')}.`)]
      : []),
    ...(contracting.length > 0 ? [fail(`A newer version has taken away what this one needs: ${contracting.join(', ')}.`)] : []),
    ...(unknown.length > contracting.length ? [warn(`The database is ahead of this version, which works: ${unknown.join(', ')}.`)] : []),
  ];
  return { isThere: pending.length === 0, findings: findings.length > 0 ? findings : [ok(`All ${rows.length} have been run.`)] };
}

/** Whether a tenant is a wall: by the role, and on every table. */
export async function wallFindings(client: ClientBase): Promise<Finding[]> {
  const { ok, fail } = findingsOf('walls between workspaces');
  const { rows: roles } = await client.query<{ may_pass: boolean; may_be: boolean }>(
    `select r.rolsuper or r.rolbypassrls as may_pass, pg_has_role(r.oid, 'member') as may_be from pg_roles r where r.rolname = $1`,
    [APP_ROLE],
  );
  const [role] = roles;
  if (role === undefined) return [fail(`The role ${APP_ROLE} is not there; the migrations make it.`)];
  const { rows: open } = await client.query<{ name: string }>(`
    select c.relname::text as name from pg_class c
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and c.relname <> 'schema_migration'
      and not (c.relrowsecurity and exists (select from pg_policy p where p.polrelid = c.oid))
    order by 1`);
  return [
    role.may_pass ? fail(`The role ${APP_ROLE} may pass row-level security.`) : ok(`The role ${APP_ROLE} is bound by row-level security.`),
    ...(role.may_be ? [] : [fail(`The user of the connection may not become ${APP_ROLE}.`)]),
    open.length === 0
      ? ok('Row-level security is in force on every table.')
      : fail(`There is no row-level security on ${open.map(({ name }) => name).join(', ')}.`),
  ];
}
