import { ChunkPathReader } from '../../../src/app/journeys/chunkPathReader';
import { CustomerIndex } from '../../../src/measures/touches/customerIndex';
import { appConnection } from '../../../src/storage/pool';
import { PipelinedConnections } from '../../../src/storage/workspaceConnections';
import { WorkspaceBuilder } from '../../api/workspaceBuilder';
import { createTestDatabase, type TestDatabase } from '../../database';

let database: TestDatabase;
let connections: PipelinedConnections;
beforeAll(async () => {
  database = await createTestDatabase();
  connections = new PipelinedConnections({ connection: appConnection(database.url, 5_000), connections: 1 });
});
afterAll(async () => {
  await connections.close();
  await database.drop();
});

/** What hangs on an object, by whatever way. */
function reachable(from: object): Set<object> {
  const seen = new Set<object>();
  const waiting: unknown[] = [from];
  for (let next = waiting.pop(); waiting.length > 0 || next !== undefined; next = waiting.pop()) {
    if (typeof next !== 'object' || next === null || seen.has(next) || ArrayBuffer.isView(next)) continue;
    seen.add(next);
    waiting.push(...(next instanceof Map ? [...next.keys(), ...next.values()] : Object.values(next)));
  }
  return seen;
}

it('holds on to the customers of one version of identity alone, however many windows were asked for under others', async () => {
  const acme = await WorkspaceBuilder.create(database.owner, 'Acme');
  const reader = new ChunkPathReader(database.app, connections);
  const read = (fromMs: number) => reader.readPaths(acme.workspaceId, { fromMs, toMs: fromMs + 1, segmentId: null });
  const held = () => [...reachable({ ...reader, pool: null, connections: null })].filter((each) => each instanceof CustomerIndex);
  for (let version = 1; version <= 3; version++) {
    await database.owner.query(
      'update lane set generation = generation + 1, processed_messages = processed_messages + 1 where workspace_id = $1',
      [acme.workspaceId],
    );
    const paths = await read(version);
    expect((await read(version)).customers).toBe(paths.customers);
    expect(held()).toEqual([paths.customers]);
  }
});
