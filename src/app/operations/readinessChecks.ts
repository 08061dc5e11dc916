import { statfs } from 'node:fs/promises';
import type { Pool } from 'pg';
import type { Clock } from '../../kernel/clock';
import { migrationFault } from '../../storage/migrationState';
import { loadPendingRanges, type PendingRange } from '../../storage/statements/loadPendingRanges';
import type { Check } from './readiness';

/** A batch is written within a second or two; a large group that meets a limit takes longer. */
const STUCK_MS = 60_000;
const LEAST_FREE_BYTES = 256 * 2 ** 20;

/** Reachable, and takes writes: no standby, and not set to read only. */
export function databaseCheck(pool: Pool): Check {
  return {
    name: 'database',
    unreachable: 'The database can not be reached.',
    look: async () => {
      const { rows } = await pool.query<{ is_standby: boolean; read_only: string }>(
        `select pg_is_in_recovery() as is_standby, current_setting('transaction_read_only') as read_only`,
      );
      if (rows[0]?.is_standby) return 'The database is a standby, which takes no writes.';
      return rows[0]?.read_only === 'on' ? 'The database is read only.' : null;
    },
  };
}

/** As old as this process at least, and not so new that it does not know it any more. */
export function migrationsCheck(pool: Pool): Check {
  return {
    name: 'migrations',
    unreachable: 'It is not known which migrations the database has.',
    look: async () => {
      const { rows } = await pool.query<{ name: string }>('select m.name from applied_migrations() m');
      return migrationFault(rows.map(({ name }) => name));
    },
  };
}

/** `look` is asked whether the queue answers. */
export function queueCheck(ping: () => Promise<unknown>, isOptional: boolean): Check {
  return { name: 'queue', isOptional, unreachable: 'The queue can not be reached.', look: () => ping().then(() => null) };
}

/** Of the folder that the embedded PostgreSQL writes to. */
export function diskCheck(folder: string): Check {
  return {
    name: 'disk',
    unreachable: 'It is not known how much room the disk has.',
    look: async () => {
      const { bavail, bsize } = await statfs(folder);
      return bavail * bsize < LEAST_FREE_BYTES ? 'The disk has less than 256 MB left.' : null;
    },
  };
}

/** Whether inboxes are worked off, by whatever process: none has had the same request at its head for a minute. */
export function laneCheck(pool: Pool, clock: Clock): Check {
  let heads = new Map<number, { readonly position: bigint; readonly sinceMs: number }>();
  const remember = (ranges: readonly PendingRange[], nowMs: number): void => {
    const next = new Map<number, { readonly position: bigint; readonly sinceMs: number }>();
    for (const { workspaceId, firstPosition } of ranges) {
      const before = heads.get(workspaceId);
      next.set(workspaceId, before?.position === firstPosition ? before : { position: firstPosition, sinceMs: nowMs });
    }
    heads = next;
  };
  return {
    name: 'lane',
    unreachable: 'It is not known what waits in the inbox.',
    look: async () => {
      const client = await pool.connect();
      try {
        remember(await loadPendingRanges(client), clock());
      } finally {
        client.release();
      }
      const stuck = [...heads.values()].filter(({ sinceMs }) => clock() - sinceMs >= STUCK_MS).length;
      return stuck === 0 ? null : `In ${stuck} workspace${stuck === 1 ? '' : 's'} the inbox has not moved for a minute.`;
    },
  };
}
