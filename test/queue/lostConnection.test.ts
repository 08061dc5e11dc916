import { Doorbell } from '../../src/queue/ingestionQueue';
import { createTestDatabase, type TestDatabase } from '../database';
import { eventually } from '../journeys/eventually';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

/** What BullMQ takes while it looks after its tables. */
const LOCK = `pg_advisory_xact_lock(${0x42554c4c}, hashtext('bullmq'))`;
const WAITING = `select l.pid from pg_locks l join pg_database d on d.oid = l.database
  where l.locktype = 'advisory' and not l.granted and d.datname = current_database()`;

// An error that nobody hears fails the test, as it would end the process.
it('a connection that is lost while the queue starts fails the start, and does not end the process on the spot', async () => {
  const holder = await database.owner.connect();
  await holder.query('begin');
  await holder.query(`select ${LOCK}`);
  const doorbell = new Doorbell({ kind: 'postgres', databaseUrl: database.url }, () => undefined);
  const connected = doorbell.connected().catch((error: Error) => error);
  await eventually('it waits', async () => (await holder.query(WAITING)).rows.length > 0);
  const [waiting] = (await holder.query(WAITING)).rows;
  await holder.query('select pg_terminate_backend($1)', [waiting.pid]);
  expect(await connected).toBeInstanceOf(Error);
  await holder.query('rollback');
  holder.release();
  await doorbell.close().catch(() => undefined);
});
