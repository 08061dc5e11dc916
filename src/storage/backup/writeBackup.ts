import { createWriteStream } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import pg from 'pg';
import { to } from 'pg-copy-streams';
import { ownerConnection } from '../pool';
import { backupHead, framed, lineOf } from './backupFormat';
import { appliedMigrations, backupSequences, backupTables, copyOut } from './backupTables';

/** Fails rather than leaves out rows that somebody without the owner's rights can't see; and whoever is not the owner waits for no one. */
const SETTINGS = ['row_security=off', 'statement_timeout=0', 'lock_timeout=10000'];

/**
 * Writes all of one moment into `file`, while others go on reading and writing. The file is there when all of it is, under its name; one that was there
 * before is replaced then. Holds back what the database could clean up for as long as it takes.
 */
export async function writeBackup(databaseUrl: string, file: string, nowMs: number): Promise<{ readonly tables: number }> {
  const client = new pg.Client({ ...ownerConnection(databaseUrl, SETTINGS), application_name: 'throughline backup' });
  await client.connect();
  const unfinished = `${file}.unfinished`;
  try {
    await client.query('begin isolation level repeatable read read only');
    const written = { tables: 0 };
    const gzip = createGzip({ level: 6 });
    await pipeline(Readable.from(partsOf(client, nowMs, written)), gzip, createWriteStream(unfinished, { mode: 0o600 }));
    await syncToDisk(unfinished);
    await rename(unfinished, file);
    return written;
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  } finally {
    await client.end();
  }
}

async function* partsOf(client: pg.Client, nowMs: number, written: { tables: number }): AsyncGenerator<Buffer> {
  yield lineOf(backupHead(await appliedMigrations(client), nowMs));
  for (const table of await backupTables(client)) {
    yield lineOf(table);
    for await (const piece of client.query(to(copyOut(table)))) yield framed(piece as Buffer);
    yield framed(null);
    written.tables++;
  }
  yield lineOf({ end: true, tables: written.tables, sequences: await backupSequences(client) });
}

async function syncToDisk(file: string): Promise<void> {
  const handle = await open(file);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
