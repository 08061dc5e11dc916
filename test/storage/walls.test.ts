import { createTestDatabase, type TestDatabase } from '../database';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const OURS = `c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and c.relname <> 'schema_migration'`;

async function namesOf(condition: string): Promise<string[]> {
  const { rows } = await database.owner.query<{ relname: string }>(
    `select c.relname from pg_class c where ${OURS} and ${condition} order by 1`,
  );
  return rows.map((row) => row.relname);
}

/** The column that a table's comment names after "distribution:". */
const DISTRIBUTION = `substring(obj_description(c.oid, 'pg_class') from 'distribution: ([a-z_]+)$')`;

it('has tables to look at', async () => {
  expect((await namesOf('true')).length).toBeGreaterThan(10);
});

it('names a distribution column in the comment of every table, and the table has it', async () => {
  const withoutOne = await namesOf(`not exists (
    select from pg_attribute a where a.attrelid = c.oid and a.attname = ${DISTRIBUTION} and a.attnotnull and not a.attisdropped)`);
  expect(withoutOne).toEqual([]);
});

it('has the distribution column in every primary key and every unique index', async () => {
  const { rows } = await database.owner.query(`
    select i.indexrelid::regclass::text as index
    from pg_class c
    join pg_index i on i.indrelid = c.oid and (i.indisunique or i.indisexclusion)
    where ${OURS} and not exists (
      select from pg_attribute a where a.attrelid = c.oid and a.attname = ${DISTRIBUTION} and a.attnum = any (i.indkey))`);
  expect(rows).toEqual([]);
});

it('has a primary key on every table', async () => {
  expect(await namesOf('not exists (select from pg_index i where i.indrelid = c.oid and i.indisprimary)')).toEqual([]);
});

it('walls every table by row-level security, for reading and writing', async () => {
  const open = await namesOf(`not (c.relrowsecurity and exists (
    select from pg_policy p
    where p.polrelid = c.oid and p.polcmd = '*' and p.polpermissive and p.polroles = array['throughline_app'::regrole::oid]
      and pg_get_expr(p.polqual, p.polrelid) = '(workspace_id = current_workspace_id())'
      and pg_get_expr(p.polwithcheck, p.polrelid) = '(workspace_id = current_workspace_id())'))`);
  expect(open).toEqual([]);
});

it('has no second policy that would open a wall', async () => {
  const { rows } = await database.owner.query(`select p.polrelid::regclass::text from pg_policy p group by p.polrelid having count(*) > 1`);
  expect(rows).toEqual([]);
});

it('gives the role throughline_app nothing that gets it past a wall', async () => {
  const { rows } = await database.owner.query(`
    select r.rolsuper, r.rolbypassrls, r.rolcreaterole, r.rolcreatedb, r.rolcanlogin, r.rolreplication,
      exists (select from pg_shdepend d where d.refobjid = r.oid and d.deptype = 'o') as owns,
      exists (select from pg_auth_members m where m.member = r.oid) as member_of_others,
      has_schema_privilege(r.oid, 'public', 'create') as may_create
    from pg_roles r where r.rolname = 'throughline_app'`);
  expect(rows).toEqual([
    {
      rolsuper: false,
      rolbypassrls: false,
      rolcreaterole: false,
      rolcreatedb: false,
      rolcanlogin: false,
      rolreplication: false,
      owns: false,
      member_of_others: false,
      may_create: false,
    },
  ]);
});

it('lets throughline_app neither truncate, refer to nor put triggers on a table, and keeps it from the migrations', async () => {
  const { rows } = await database.owner.query(`
    select c.relname from pg_class c, unnest(array['truncate', 'references', 'trigger']) privilege
    where ${OURS} and has_table_privilege('throughline_app', c.oid, privilege)`);
  expect(rows).toEqual([]);
  const refused = database.app.query('select m.name from schema_migration m');
  await expect(refused).rejects.toMatchObject({ code: '42501' });
});

it("pins the search path of every function that runs with its owner's rights, and lets not everybody call it", async () => {
  const { rows } = await database.owner.query(`
    select p.proname from pg_proc p
    where p.pronamespace = 'public'::regnamespace and p.prosecdef
      and (not exists (select from unnest(p.proconfig) setting where setting like 'search_path=%')
        or exists (select from aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a where a.grantee = 0))`);
  expect(rows).toEqual([]);
});

describe('the role that copies', () => {
  const asLoader = async (workspaceId: number | null, statement: string) => {
    const client = await database.owner.connect();
    try {
      await client.query('begin');
      if (workspaceId !== null) await client.query(`select set_config('throughline.workspace_id', $1, true)`, [String(workspaceId)]);
      await client.query('set local role throughline_loader');
      await client.query(statement);
      await client.query('reset role');
      return (await client.query('select workspace_id from interaction')).rows;
    } finally {
      await client.query('rollback');
      client.release();
    }
  };
  const COLUMNS =
    'interaction_id, identifier_id, occurred_at, received_at, source_id, kind, department, channel, direction, name, message_id';
  const VALUES = `gen_random_uuid(), 1, now(), now(), 1, 0, 0, 0, 0, 'Seen', 'm1'`;

  it('puts rows into the workspace that the wall is open for', async () => {
    expect(await asLoader(7, `insert into interaction (${COLUMNS}) values (${VALUES})`)).toEqual([{ workspace_id: 7 }]);
  });

  it('can not say into which workspace, nor put anything anywhere while the wall is closed', async () => {
    const named = asLoader(7, `insert into interaction (workspace_id, ${COLUMNS}) values (8, ${VALUES})`);
    await expect(named).rejects.toMatchObject({ code: '42501' });
    await expect(asLoader(null, `insert into interaction (${COLUMNS}) values (${VALUES})`)).rejects.toMatchObject({ code: '23502' });
  });

  it.each(['select name from interaction', 'update interaction set name = name', 'delete from interaction', 'select from profile'])(
    'may do nothing else: %s',
    async (statement) => {
      await expect(asLoader(7, statement)).rejects.toMatchObject({ code: '42501' });
    },
  );

  it('has no right but to insert into columns of the timeline', async () => {
    const { rows } = await database.owner.query(`
      select c.relname, a.privilege_type from pg_class c, aclexplode(c.relacl) a where a.grantee = 'throughline_loader'::regrole
      union all
      select c.relname, a.privilege_type from pg_class c join pg_attribute t on t.attrelid = c.oid, aclexplode(t.attacl) a
      where a.grantee = 'throughline_loader'::regrole group by 1, 2`);
    expect(rows).toEqual([{ relname: 'interaction', privilege_type: 'INSERT' }]);
    const { rows: members } = await database.owner.query(`select from pg_auth_members m where m.member = 'throughline_loader'::regrole`);
    expect(members).toEqual([]);
  });
});
