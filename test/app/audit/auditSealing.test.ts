import { randomUUID } from 'node:crypto';
import { AuditSealing } from '../../../src/app/audit/auditSealing';
import { verifyAudit } from '../../../src/app/audit/verifyAudit';
import { appConnection } from '../../../src/storage/pool';
import { eraseTexts } from '../../../src/storage/privacy/readTexts';
import { insertAuditEntry, type NewAuditEntry } from '../../../src/storage/statements/insertAuditEntry';
import { PipelinedConnections } from '../../../src/storage/workspaceConnections';
import { inWorkspace } from '../../../src/storage/workspaceTransaction';
import { createTestDatabase, type TestDatabase } from '../../database';

const ODD_TEXT = 'Zoë "of" \\ support\n\t\b\f\r\u0001\u007f\u2028 💥';

let database: TestDatabase;
let connections: PipelinedConnections;
beforeEach(async () => {
  database = await createTestDatabase();
  connections = new PipelinedConnections({ connection: appConnection(database.url, 10_000), connections: 1 });
  await database.owner.query(`insert into workspace (name, created_at) values ('Acme', now()), ('Globex', now())`);
});
afterEach(async () => {
  await connections.close();
  await database.drop();
});

const entry = (set: Partial<NewAuditEntry> = {}): NewAuditEntry => ({
  auditId: randomUUID(),
  atMs: Date.UTC(2026, 2, 1, 12),
  actor: 'Ada',
  action: 'mergeProfiles',
  target: null,
  detail: {},
  ...set,
});
const write = (workspaceId: number, ...entries: NewAuditEntry[]) =>
  inWorkspace(database.app, workspaceId, 'changes', async (client) => {
    for (const one of entries) await insertAuditEntry(client, workspaceId, one);
  });
const seal = () => new AuditSealing({ pool: database.app, clock: Date.now }).run();
const verdict = (workspaceId = 1, last: number | 'all' = 'all') => verifyAudit(connections, workspaceId, last);
const several = (count: number) => Array.from({ length: count }, () => entry());
/** As somebody would who owns the database. */
const tamper = async (statement: string) => {
  await database.owner.query('alter table audit_entry disable trigger user');
  await database.owner.query(statement);
  await database.owner.query('alter table audit_entry enable trigger user');
};

it('chains every entry once, in each workspace from 1 on, however many are at it at the same time', async () => {
  await write(1, ...several(1_200));
  await write(2, ...several(3));
  await Promise.all([seal(), seal(), seal()]);
  await write(1, entry());
  await Promise.all([seal(), seal()]);
  expect(await verdict(1)).toMatchObject({ checked: 1_201, head: { sequence: '1201' }, unsealed: 0, broken: null });
  expect(await verdict(2)).toMatchObject({ checked: 3, head: { sequence: '3' }, broken: null });
});

it('hashes whatever characters there are as PostgreSQL does', async () => {
  const detail = { deep: [{ [ODD_TEXT]: ODD_TEXT, number: 1e-7 }] };
  await write(1, entry({ actor: ODD_TEXT, action: ODD_TEXT, target: ODD_TEXT, detail, note: { reason: ODD_TEXT } }), entry());
  await seal();
  expect(await verdict()).toMatchObject({ checked: 2, broken: null });
});

it('seals an entry that is committed after later ones were', async () => {
  const client = await database.app.connect();
  await client.query('begin');
  await client.query(`select set_config('throughline.workspace_id', '1', true)`);
  await insertAuditEntry(client, 1, entry({ atMs: 0 }));
  await write(1, entry());
  await seal();
  await client.query('commit');
  client.release();
  expect(await verdict()).toMatchObject({ checked: 1, unsealed: 1, broken: null });
  await seal();
  expect(await verdict()).toMatchObject({ checked: 2, unsealed: 0, broken: null });
});

describe('who tampers with the log', () => {
  beforeEach(async () => {
    await write(1, ...several(5), entry({ note: { reason: 'Called: it is her.' } }));
    await seal();
  });

  it('is seen who changes an entry, however little', async () => {
    await tamper(`update audit_entry set actor = 'Ida' where sequence = 3`);
    expect(await verdict()).toMatchObject({ broken: { sequence: '3', auditId: expect.any(String), fault: 'CHANGED' } });
  });

  it('is seen who changes an entry and its hash: the next one does not follow', async () => {
    await tamper(`update audit_entry set actor = 'Ida', hash = sha256('anything') where sequence = 3`);
    expect(await verdict()).toMatchObject({ broken: { sequence: '3', fault: 'CHANGED' } });
  });

  it('is seen who takes an entry out of the middle', async () => {
    await tamper('delete from audit_entry where sequence = 3');
    expect(await verdict()).toMatchObject({ broken: { sequence: '3', auditId: null, fault: 'MISSING' } });
  });

  it('is seen who takes the last ones away', async () => {
    await tamper('delete from audit_entry where sequence > 4');
    expect(await verdict()).toMatchObject({ checked: 4, broken: { sequence: '5', auditId: null, fault: 'MISSING' } });
  });

  it('is seen who takes all of them away', async () => {
    await tamper('delete from audit_entry');
    expect(await verdict()).toMatchObject({ broken: { sequence: '1', fault: 'MISSING' } });
  });

  it('is seen who sets the head back, or writes another hash there', async () => {
    await tamper('update audit_head set sealed = 5, hash = (select e.hash from audit_entry e where e.sequence = 5)');
    expect(await verdict()).toMatchObject({ broken: { fault: 'HEAD_CHANGED' } });
    await tamper(`update audit_head set sealed = 6, hash = sha256('anything')`);
    expect(await verdict()).toMatchObject({ broken: { fault: 'HEAD_CHANGED' } });
  });

  it('is seen who changes what stands beside an entry; forgetting it is no tampering', async () => {
    await tamper(`update audit_note set note = '{"reason":"Mailed: it is her."}'`);
    expect(await verdict()).toMatchObject({ broken: { sequence: expect.any(String), fault: 'NOTE_CHANGED' } });
    await tamper('delete from audit_note');
    expect(await verdict()).toMatchObject({ broken: null });
  });

  it('is seen in the last entries, too, where only those are looked at', async () => {
    await tamper(`update audit_entry set actor = 'Ida' where sequence = 2`);
    expect(await verdict(1, 3)).toMatchObject({ checked: 3, broken: null });
    expect(await verdict(1, 5)).toMatchObject({ broken: { sequence: '2' } });
  });
});

it('stays intact without the notes that an erasure takes', async () => {
  const notes = [entry({ action: 'a', note: { reason: 'Ada called.' } }), entry({ action: 'b', note: { reason: 'Nobody.' } })];
  await write(1, ...notes);
  await seal();
  await inWorkspace(database.app, 1, 'changes', (client) => eraseTexts(client, 1, 'audit_note', [notes[0]?.auditId as string]));
  const { rows } = await database.owner.query('select n.note from audit_note n');
  expect(rows).toEqual([{ note: { reason: 'Nobody.' } }]);
  expect(await verdict()).toMatchObject({ checked: 2, broken: null });
});

describe('the role throughline_app', () => {
  const asApp = (statement: string) => inWorkspace(database.app, 1, 'changes', (client) => client.query(statement));
  beforeEach(async () => {
    await write(1, entry());
    await seal();
    await write(1, entry());
  });

  it.each([
    `update audit_entry set actor = 'Ida'`,
    'update audit_entry set sequence = 2 where sequence is null',
    'delete from audit_entry',
    'truncate audit_entry',
    `insert into audit_entry (workspace_id, audit_id, at, actor, action, detail, sequence) values (1, gen_random_uuid(), now(), 'Ida', 'x', '{}', 2)`,
    'update audit_head set sealed = 0',
    'delete from audit_head',
    `update audit_note set note = '{}'`,
  ])('can not %s', async (statement) => {
    await expect(asApp(statement)).rejects.toMatchObject({ code: '42501' });
  });
});

it('lets not even the owner change or take away an entry, without switching that off first', async () => {
  await write(1, entry());
  await seal();
  for (const statement of [`update audit_entry set actor = 'Ida'`, 'delete from audit_entry', 'truncate audit_entry']) {
    await expect(database.owner.query(statement)).rejects.toMatchObject({ code: '42501' });
  }
});
