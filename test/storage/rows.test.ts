import { createDataSource } from '../../src/storage/dataSource';
import { createTestDatabase, type TestDatabase } from '../database';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

interface ColumnFacts {
  readonly table: string;
  readonly column: string;
  readonly type: string;
  readonly nullable: boolean;
  readonly primary: boolean;
  readonly identity: boolean;
  readonly default: string | null;
}

const IN_CATALOG = `
select c.relname as "table", a.attname as "column", format_type(a.atttypid, a.atttypmod) as type, not a.attnotnull as nullable,
  coalesce(a.attnum = any (i.indkey), false) as primary, a.attidentity = 'a' as identity,
  regexp_replace(pg_get_expr(d.adbin, d.adrelid), '''::[a-z]+$', '''') as "default"
from pg_class c
join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
left join pg_index i on i.indrelid = c.oid and i.indisprimary
where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and c.relname <> 'schema_migration'`;

/** As format_type writes it. */
const LONG_NAMES: Record<string, string> = { timestamptz: 'timestamp with time zone' };

async function inRows(): Promise<ColumnFacts[]> {
  const dataSource = await createDataSource(database.url).initialize();
  await dataSource.destroy();
  return dataSource.entityMetadatas.flatMap((entity) =>
    entity.columns.map((column) => ({
      table: entity.tableName,
      column: column.databaseName,
      type: (LONG_NAMES[String(column.type)] ?? String(column.type)) + (column.isArray ? '[]' : ''),
      nullable: column.isNullable,
      primary: column.isPrimary,
      identity: String(column.generationStrategy) === 'identity' && column.generatedIdentity === 'ALWAYS',
      default: column.default === undefined ? null : String(typeof column.default === 'function' ? column.default() : column.default),
    })),
  );
}

const byName = (left: ColumnFacts, right: ColumnFacts) => `${left.table}.${left.column}`.localeCompare(`${right.table}.${right.column}`);

it('describes every column exactly as the migrations make it', async () => {
  const { rows } = await database.owner.query<ColumnFacts>(IN_CATALOG);
  expect((await inRows()).sort(byName)).toEqual(rows.sort(byName));
});
