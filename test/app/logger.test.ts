import pg from 'pg';
import { errorForLog } from '../../src/app/logger';
import { createTestDatabase, type TestDatabase } from '../database';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
  await database.owner.query('create table secret (name text primary key, checked integer check (checked < 5))');
  await database.owner.query(`insert into secret values ('ada@example.com', 1)`);
});
afterAll(() => database.drop());

const logged = async (statement: string, values: unknown[] = []) => {
  const error = await database.owner.query(statement, values).then(
    () => null,
    (reason) => reason,
  );
  expect(error).toBeInstanceOf(pg.DatabaseError);
  return errorForLog(error);
};

it.each([
  ['a duplicate', `insert into secret values ('ada@example.com', 2)`, '23505'],
  ['a row that a check refuses', `insert into secret values ('ada@example.com?', 7)`, '23514'],
  ['a value of the wrong form', `select 'ada@example.com'::uuid`, '22P02'],
  ['broken JSON', `select '{"email": "ada@example.com'::json`, '22P02'],
])('keeps values out of what is logged of %s', async (_what, statement, code) => {
  const entry = await logged(statement);
  expect(entry).toMatchObject({ code, severity: 'ERROR' });
  expect(JSON.stringify(entry)).not.toContain('ada@');
});

it('says of other errors what they say', () => {
  expect(errorForLog(new Error('nothing personal'))).toMatchObject({ type: 'Error', message: 'nothing personal' });
});
