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
