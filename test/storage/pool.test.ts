import { pipelinedPool } from '../../src/storage/pool';
import { createTestDatabase, type TestDatabase } from '../database';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
  await database.owner.query(`insert into workspace (name, created_at) values ('Acme', now()), ('Globex', now())`);
});
afterAll(() => database.drop());

it('sees no row of any workspace before the connection says which one it works for', async () => {
  const { rows } = await database.app.query('select w.name from workspace w');
  expect(rows).toEqual([]);
});

it('stands behind the wall, too, where statements are sent without waiting', async () => {
  const pool = pipelinedPool({
    databaseUrl: database.url,
    maxConnections: 1,
    statementTimeoutMs: 5_000,
    applicationName: 'test',
    onConnectionLost: () => undefined,
  });
  const client = await pool.connect();
  const answers: string[] = [];
  const asked = ['select pg_sleep(0.2)', 'select w.name from workspace w'].map(async (text) => {
    const { rows, command } = await client.query(text);
    answers.push(`${command} ${rows.length}`);
  });
  expect(client.listenerCount('error')).toBeGreaterThan(0);
  await Promise.all(asked);
  client.release();
  await pool.end();
  expect(answers).toEqual(['SELECT 1', 'SELECT 0']);
});

it('sees one workspace only when the transaction names it', async () => {
  const client = await database.app.connect();
  await client.query('begin');
  await client.query(`select set_config('throughline.workspace_id', '2', true)`);
  const { rows } = await client.query('select w.name from workspace w');
  await client.query('rollback');
  client.release();
  expect(rows).toEqual([{ name: 'Globex' }]);
});

it('cannot write into a workspace other than its own', async () => {
  const client = await database.app.connect();
  await client.query('begin');
  await client.query(`select set_config('throughline.workspace_id', '2', true)`);
  const insert = client.query(`insert into lane (workspace_id, updated_at) values (1, now())`);
  await expect(insert).rejects.toMatchObject({ code: '42501' });
  await client.query('rollback');
  client.release();
});
