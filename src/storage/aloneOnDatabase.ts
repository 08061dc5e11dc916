import pg from 'pg';

/** Any constant will do, as long as every version of Throughline uses the same. */
const DATABASE_LOCK = 7_041_795_300;

/** Runs `work` while no other process of Throughline, on whatever machine, does the like for this database. */
export async function aloneOnDatabase<Result>(databaseUrl: string, work: () => Promise<Result>): Promise<Result> {
  const keeper = new pg.Client({ connectionString: databaseUrl });
  keeper.on('error', () => undefined);
  await keeper.connect();
  try {
    await keeper.query('select pg_advisory_lock($1)', [DATABASE_LOCK]);
    return await work();
  } finally {
    await keeper.end();
  }
}
