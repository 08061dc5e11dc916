import { ChangeUpkeep } from '../../../src/app/segments/changeUpkeep';
import { createTestDatabase, type TestDatabase } from '../../database';

const NOW_MS = Date.UTC(2026, 5, 1, 12);
const MINUTE_MS = 60_000;

let database: TestDatabase;
beforeEach(async () => {
  database = await createTestDatabase();
  await database.owner.query(`insert into workspace (name, created_at) values ('Acme', now()), ('Other', now())`);
});
afterEach(() => database.drop());

const upkeep = () => new ChangeUpkeep({ pool: database.app, clock: () => NOW_MS });
const ago = (minutes: number) => new Date(NOW_MS - minutes * MINUTE_MS);

/** In minutes. */
async function agesIn(table: string, column: string): Promise<number[]> {
  const { rows } = await database.owner.query<{ at: Date }>(`select ${column} as at from ${table} order by 1`);
  return rows.map(({ at }) => (NOW_MS - at.getTime()) / MINUTE_MS);
}

it('deletes followed notes after a minute, changes after two hours and told signs after two days, of every workspace', async () => {
  for (const workspace of [1, 2]) {
    for (const minutes of [0.5, 2, 600]) {
      await database.owner.query(
        `insert into change_note (workspace_id, at, profile_ids, due_ids, is_followed) values ($1, $2, '{}', '{}', true), ($1, $2, '{}', '{}', false)`,
        [workspace, ago(minutes)],
      );
    }
    for (const minutes of [1, 119, 121]) {
      await database.owner.query(
        `insert into change (workspace_id, change_id, type, profile_id, at, data) values ($1, gen_random_uuid(), 'profile.changed', gen_random_uuid(), $2, '{}')`,
        [workspace, ago(minutes)],
      );
    }
    for (const minutes of [1_440, 2_900]) {
      await database.owner.query(`insert into told_friction (workspace_id, signal_key, detected_at) values ($1, $3, $2)`, [
        workspace,
        ago(minutes),
        `LONG_WAIT/${minutes}`,
      ]);
    }
  }
  await upkeep().run();
  expect(await agesIn('change_note', 'at')).toEqual([600, 600, 2, 2, 0.5, 0.5, 0.5, 0.5]);
  expect(await agesIn('change', 'at')).toEqual([119, 119, 1, 1]);
  expect(await agesIn('told_friction', 'detected_at')).toEqual([1_440, 1_440]);
});

it('goes in small batches', async () => {
  await database.owner.query(
    `insert into change_note (workspace_id, at, profile_ids, due_ids, is_followed) select 1, $1, '{}', '{}', true from generate_series(1, 2500)`,
    [ago(5)],
  );
  const sweeping = upkeep();
  expect(await sweeping.step(1)).toBe(false);
  expect(await agesIn('change_note', 'at')).toHaveLength(1_500);
  expect(await sweeping.step(1)).toBe(false);
  expect(await sweeping.step(1)).toBe(true);
  expect(await agesIn('change_note', 'at')).toEqual([]);
});
