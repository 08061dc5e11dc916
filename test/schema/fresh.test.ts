import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { lexicographicSortSchema, printSchema } from 'graphql';
import { buildSchema } from '../../src/api/schema';
import { describeDatabase } from '../../src/storage/describeDatabase';
import { createTestDatabase } from '../database';

const committed = (name: string): string => readFileSync(join(__dirname, '..', '..', 'schema', name), 'utf8');

// When one of these fails: npm run schema, and look at the difference before committing it.

it('has in schema/database.sql what the migrations make', async () => {
  const database = await createTestDatabase();
  expect(committed('database.sql')).toBe(await describeDatabase(database.owner));
  await database.drop();
});

it('has in schema/schema.graphql what the resolvers and types make', () => {
  expect(committed('schema.graphql')).toBe(`${printSchema(lexicographicSortSchema(buildSchema()))}\n`);
});
