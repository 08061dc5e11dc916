import pg from 'pg';

export interface PoolOptions {
  /** The connection string of the database's owner; all but `ownerPool` give its rights away on connecting. */
  readonly databaseUrl: string;
  readonly maxConnections: number;
  /** PostgreSQL ends a statement that takes longer (SQLSTATE 57014); 0 for no limit. */
  readonly statementTimeoutMs: number;
  /** Shown in pg_stat_activity. */
  readonly applicationName: string;
  /** Told of connections that broke; the pool opens a new one when it is next asked. */
  readonly onConnectionLost: (error: Error) => void;
}

/** How a pool is used just now. */
export interface PoolUse {
  /** Connections that are open. */
  readonly open: number;
  /** Of them, those that nobody uses. */
  readonly idle: number;
  /** Who waits: for a connection, or on one that pipelines for its answer. */
  readonly waiting: number;
}

export function poolUse(pool: pg.Pool): PoolUse {
  return { open: pool.totalCount, idle: pool.idleCount, waiting: pool.waitingCount };
}

export const APP_ROLE = 'throughline_app';
const CONNECT_TIMEOUT_MS = 10_000;
const PIPELINED_CONNECT_TIMEOUT_MS = 5_000;
const IDLE_TIMEOUT_MS = 60_000;

/** `pipeline` is newer than the types of `pg`. */
type PoolManner = pg.PoolConfig & { readonly pipeline?: true };

/**
 * Connections as the role throughline_app, behind row-level security: they see no row until `throughline.workspace_id` is set,
 * which must be done per transaction, since connections are handed from one workspace to the next.
 */
export function appPool(options: PoolOptions): pg.Pool {
  return openPool(options, [`role=${APP_ROLE}`]);
}

/** Connections with the owner's rights, past every wall: for migrations, the first workspace and tests only. */
export function ownerPool(options: PoolOptions): pg.Pool {
  return openPool(options, []);
}

/**
 * As `appPool`, but a statement is sent without waiting for the answers to those before it. Connections stay open, and are given up on when
 * the server does not answer at all: then it can't time a statement out itself.
 */
export function pipelinedPool(options: PoolOptions): pg.Pool {
  return openPool(options, [`role=${APP_ROLE}`], {
    pipeline: true,
    query_timeout: options.statementTimeoutMs * 2,
    idleTimeoutMillis: 0,
    connectionTimeoutMillis: PIPELINED_CONNECT_TIMEOUT_MS,
  });
}

/**
 * What `pg` needs to connect as throughline_app, for the few who open a connection of their own. It is given up on when the server does not answer at all,
 * like those of a pipelined pool.
 */
export function appConnection(databaseUrl: string, statementTimeoutMs: number): pg.ClientConfig {
  return {
    ...connection(databaseUrl, [`role=${APP_ROLE}`, `statement_timeout=${statementTimeoutMs}`]),
    query_timeout: statementTimeoutMs * 2,
    connectionTimeoutMillis: PIPELINED_CONNECT_TIMEOUT_MS,
  };
}

/** What `pg` needs to connect with the owner's rights and these settings of the session. */
export function ownerConnection(databaseUrl: string, settings: readonly string[]): pg.ClientConfig {
  return connection(databaseUrl, settings);
}

function openPool(options: PoolOptions, settings: readonly string[], manner: PoolManner = {}): pg.Pool {
  const pool = new pg.Pool({
    ...connection(options.databaseUrl, [...settings, `statement_timeout=${options.statementTimeoutMs}`]),
    application_name: options.applicationName,
    max: options.maxConnections,
    idleTimeoutMillis: IDLE_TIMEOUT_MS,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    ...manner,
  });
  pool.on('error', options.onConnectionLost);
  // A pool listens to a connection only while it is idle; an error on one that is lent out would end the process.
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}

/** Later settings win, so what the connection string itself says in `options` cannot undo ours. */
function connection(databaseUrl: string, settings: readonly string[]): pg.ClientConfig {
  const url = new URL(databaseUrl);
  const own = url.searchParams.get('options');
  url.searchParams.set('options', [own, ...settings.map((setting) => `-c ${setting}`)].filter(Boolean).join(' '));
  return { connectionString: url.toString(), keepAlive: true, keepAliveInitialDelayMillis: 10_000 };
}
