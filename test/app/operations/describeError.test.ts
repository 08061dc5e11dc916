import fc from 'fast-check';
import pg from 'pg';
import { createLogger } from '../../../src/app/logger';
import { describeError } from '../../../src/app/operations/describeError';
import { Refusal } from '../../../src/kernel/refusals';
import { createTestDatabase, type TestDatabase } from '../../database';

/** Would be a customer's. */
const MARK = 'ada.lovelace@marked.example';

function logged(log: (logger: ReturnType<typeof createLogger>) => void): string {
  const lines: string[] = [];
  log(createLogger('trace', 'test', { write: (line) => void lines.push(line) }));
  return lines.join('');
}

function thrownBy(work: () => unknown): Error {
  try {
    work();
  } catch (error) {
    return error as Error;
  }
  throw new Error('Nothing was thrown.');
}

describe('errors of PostgreSQL', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase();
    await database.owner.query('create table person (email text primary key, age integer check (age > 0))');
    await database.owner.query('insert into person values ($1, 36)', [MARK]);
  });
  afterAll(() => database.drop());

  it.each([
    ['23505', 'insert into person values ($1, 36)'],
    ['23514', `insert into person values ($1 || 'x', -1)`],
    ['22P02', 'select $1::text::integer'],
    ['22007', 'select $1::text::timestamptz'],
    ['22P02', 'select $1::text::json'],
    ['P0001', `do $do$ begin raise exception 'Nobody is ${MARK}' using detail = '${MARK}', hint = '${MARK}'; end $do$`],
    ['22012', `select 1 / (length($1) - ${MARK.length})`],
  ])('are told by their code %s and place, and by nothing of the value: %s', async (code, statement) => {
    const error = await database.owner.query(statement, statement.includes('$1') ? [MARK] : []).then(
      () => null,
      (failed: unknown) => failed,
    );
    expect(error).toBeInstanceOf(pg.DatabaseError);
    const line = logged((log) => log.error({ err: error }, 'failed'));
    expect(line).not.toContain('lovelace');
    expect(JSON.parse(line).err).toMatchObject({ code, stack: expect.stringContaining('at ') });
  });

  it('say in words what is wrong with the server, since that is nobody’s data', async () => {
    const error = await database.owner.query('begin read only; create table nothing ()').catch((failed: unknown) => failed);
    expect(describeError(error)).toMatchObject({ code: '25006', message: 'cannot execute CREATE TABLE in a read-only transaction' });
  });

  it('name the table and the constraint', async () => {
    const error = await database.owner.query('insert into person values ($1, 1)', [MARK]).catch((failed: unknown) => failed);
    expect(describeError(error)).toMatchObject({ table: 'person', constraint: 'person_pkey' });
  });
});

it.each([
  ['a parser', () => JSON.parse(`{"email": ${MARK}}`)],
  ['big numbers', () => BigInt(MARK)],
  ['an address', () => new URL(MARK)],
  ['what is missing', () => (undefined as unknown as Record<string, () => void>)[MARK]?.()],
  [
    'a refusal',
    () => {
      throw new Refusal('INVALID_INPUT', `There is nobody called ${MARK}.`);
    },
  ],
  [
    'our own words',
    () => {
      throw new Error(`Nobody is called "${MARK}", nor ${MARK}, nor '${MARK}'.`);
    },
  ],
  [
    'what lies behind',
    () => {
      throw new Error('It failed.', { cause: new AggregateError([new SyntaxError(MARK)], MARK) });
    },
  ],
])('leaves out what %s quoted, and keeps where it was', (_what, work) => {
  const line = logged((log) => log.warn({ err: thrownBy(work), other: thrownBy(work) }, 'failed'));
  expect(line).not.toContain('lovelace');
  expect(JSON.parse(line).err.stack).toContain('describeError.test');
});

it('keeps our own words, and what the system says of addresses and files', () => {
  expect(describeError(new Error('The connections are closed.')).message).toBe('The connections are closed.');
  const refused = Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:5432'), { code: 'ECONNREFUSED', errno: -111 });
  expect(describeError(refused)).toMatchObject({ message: 'connect ECONNREFUSED 127.0.0.1:5432', code: 'ECONNREFUSED' });
});

it('describes whatever is thrown, and quotes nothing of what is no error', () => {
  fc.assert(
    fc.property(fc.anything(), fc.string({ minLength: 6 }), (value, secret) => {
      expect(describeError(value)).toEqual(expect.objectContaining({ type: expect.any(String) }));
      expect(JSON.stringify(describeError(secret))).toBe('{"type":"string"}');
    }),
  );
});

it('describes errors under whatever name they are logged', () => {
  expect(logged((log) => log.info({ failure: new SyntaxError(MARK) }, 'failed'))).not.toContain('lovelace');
  expect(logged((log) => log.info(new SyntaxError(MARK), 'failed'))).not.toContain('lovelace');
  expect(logged((log) => log.info(new SyntaxError(MARK)))).not.toContain('lovelace');
});
