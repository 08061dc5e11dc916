import type pg from 'pg';
import { identifierId } from '../src/identity/identifierId';
import { encodeTraitState, traitStateOf } from '../src/profile/traitState';

export interface ProfileData {
  readonly profiles: number;
  readonly interactionsEach: number;
}

const TYPES = ['user_id', 'email', 'phone', 'anonymous_id'] as const;

export function emailOf(person: number): string {
  return `person.${person}@example.com`;
}

function identifierValue(person: number, type: (typeof TYPES)[number]): string {
  return {
    user_id: `user-${person}`,
    email: emailOf(person),
    phone: `+1202${String(person).padStart(7, '0')}`,
    anonymous_id: `anon-${person}`,
  }[type];
}

/** About 20 traits, as a state that one message left. */
function traitsOf(person: number): string {
  const traits: Record<string, string | number | boolean> = {
    name: `Person ${person}`,
    email: emailOf(person),
    plan: 'pro',
    seats: person % 50,
  };
  for (let index = 0; index < 16; index++) traits[`trait_${index}`] = index % 3 === 0 ? index * person : `value ${index} of ${person}`;
  return encodeTraitState(
    traitStateOf(traits, { sourceId: 1, atMs: Date.UTC(2026, 0, 1), messageId: `node-next-${person}-3f0c2f5e-77a1` }),
  );
}

/** Profiles of four identifiers, 20 traits and so many interactions each, as the worker would leave them behind. Writes nothing where there are some. */
export async function writeProfileData(owner: pg.Pool, data: ProfileData): Promise<void> {
  const { rowCount } = await owner.query('select from workspace limit 1');
  if (rowCount !== 0) return;
  await owner.query(`insert into workspace (name, created_at) values ('Bench', now())`);
  await owner.query(
    `insert into source (workspace_id, source_id, name, type, department, created_at) values (1, 1, 'Web', 'segment', 0, now())`,
  );
  const people = Array.from({ length: data.profiles }, (_, person) => person);
  for (let from = 0; from < people.length; from += 5_000) await writePeople(owner, people.slice(from, from + 5_000), data.interactionsEach);
  await owner.query('vacuum analyze');
}

async function writePeople(owner: pg.Pool, people: readonly number[], interactionsEach: number): Promise<void> {
  const profileOf = `uuid_send(('00000000-0000-7000-8000-' || lpad(to_hex(person), 12, '0'))::uuid)`;
  const uuid = profileOf.slice('uuid_send('.length, -1);
  await owner.query(`insert into profile select 1, ${uuid}, null, false, 4, '{}', '2026-01-01', now() from unnest($1::int[]) person`, [
    people,
  ]);
  for (const type of TYPES) {
    const ids = people.map((person) => String(identifierId(type, identifierValue(person, type))));
    const owns = type === 'user_id' || type === 'anonymous_id';
    const values = people.map((person) => identifierValue(person, type));
    await owner.query(
      `insert into identifier select 1, id, ${uuid}, null, '2026-01-01', '2026-06-01', $4, 1, 0, false, $5, value
       from unnest($1::int[], $2::bigint[], $3::text[]) as i (person, id, value)`,
      [people, ids, values, owns ? interactionsEach / 2 : 0, type],
    );
    if (owns) await writeInteractions(owner, ids, interactionsEach / 2);
    if (type === 'user_id') {
      await owner.query(`insert into trait_state select 1, id, traits from unnest($1::bigint[], $2::json[]) as t (id, traits)`, [
        ids,
        people.map(traitsOf),
      ]);
    }
  }
  await writeLinks(owner, people);
}

async function writeInteractions(owner: pg.Pool, ids: readonly string[], each: number): Promise<void> {
  await owner.query(
    `insert into interaction
     select 1, gen_random_uuid(), id, '2026-01-01'::timestamptz + n * interval '31 minutes' + (id % 60) * interval '1 second', '2026-01-01'::timestamptz + n * interval '31 minutes', 1,
       20, 2, 0, 0, 'Product Viewed', 'node-next-' || id || '-' || n, null, null,
       json_build_object('product_id', 'p-' || n, 'sku', 'G-32', 'category', 'Games', 'name', 'Monopoly: 3rd Edition', 'price', 18.99, 'currency', 'EUR', 'position', n),
       null
     from unnest($1::bigint[]) id cross join generate_series(1, $2::int) n`,
    [ids, each],
  );
}

async function writeLinks(owner: pg.Pool, people: readonly number[]): Promise<void> {
  const pairs = people.flatMap((person) => {
    const user = identifierId('user_id', identifierValue(person, 'user_id'));
    return TYPES.slice(1).map((type) => [user, identifierId(type, identifierValue(person, type))].sort((a, b) => (a < b ? -1 : 1)));
  });
  await owner.query(
    `insert into link select 1, low, high, '2026-01-01', '2026-06-02', gen_random_uuid(), gen_random_uuid(), false from unnest($1::bigint[], $2::bigint[]) as l (low, high)`,
    [pairs.map(([low]) => String(low)), pairs.map(([, high]) => String(high))],
  );
}
