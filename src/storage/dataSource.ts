import 'reflect-metadata';
import { join } from 'node:path';
import { DataSource } from 'typeorm';

/** Both `src` and its build in `dist` have the migrations two folders up. */
const MIGRATIONS = join(__dirname, '..', '..', 'migrations', '*.{js,ts}');

/** TypeORM's door to the database, with the owner's rights: migrations, and the rows' metadata. Nothing on a hot path goes through it. */
export function createDataSource(databaseUrl: string): DataSource {
  return new DataSource({
    type: 'postgres',
    extra: { connectionString: databaseUrl },
    poolSize: 2,
    entities: [],
    migrations: [MIGRATIONS],
    migrationsTableName: 'schema_migration',
    migrationsTransactionMode: 'each',
    synchronize: false,
    installExtensions: false,
    logging: false,
  });
}
