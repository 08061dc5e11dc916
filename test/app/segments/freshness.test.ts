import { readDefinitions } from '../../../src/app/segments/deskDefinitions';
import { readFreshAt } from '../../../src/app/segments/freshness';
import { appConnection } from '../../../src/storage/pool';
import { loadSegmentDefinitions } from '../../../src/storage/statements/loadSegmentDefinitions';
import { PipelinedConnections } from '../../../src/storage/workspaceConnections';
import { inWorkspace } from '../../../src/storage/workspaceTransaction';
import { anEvent } from '../experience/experienceWorld';
import { RECEIVED_AT_MS } from '../processing/world';
import { SegmentWorld } from './segmentWorld';

let world: SegmentWorld;
let connections: PipelinedConnections;
beforeEach(async () => {
  world = await SegmentWorld.create();
  connections = new PipelinedConnections({ connection: appConnection(world.experience.world.database.url, 30_000), connections: 1 });
});
afterEach(async () => {
  await connections.close();
  await world.close();
});

const MINUTE_MS = 60_000;
const freshAt = async () => {
  const stored = await inWorkspace(world.experience.world.pool, 1, 'snapshot', (client) => loadSegmentDefinitions(client, 1));
  const segments = readDefinitions(stored).segments.map(({ key, parsed, status }) => ({ key, definition: parsed, status }));
  return Object.fromEntries(await readFreshAt(connections, () => world.experience.nowMs, 1, segments));
};

it('is never later than a message was accepted that memberships do not tell of yet, wherever it waits', async () => {
  await world.define('buyers', { event: { name: 'Order Completed' } });
  await world.define('promoters', { measure: 'nps.latest', op: 'gte', value: 9 });
  await world.create('computing', { event: { name: 'Seen' } });
  world.experience.nowMs = RECEIVED_AT_MS + MINUTE_MS;
  expect(await freshAt()).toEqual({ buyers: world.experience.nowMs, promoters: world.experience.nowMs, computing: null });
  await world.experience.world.send([anEvent('ada', 'Order Completed', 5), anEvent('ada', 'NPS Answered', 5, { score: 10 })]);
  expect(await freshAt()).toMatchObject({ buyers: RECEIVED_AT_MS, promoters: RECEIVED_AT_MS });
  await world.experience.world.drain(world.experience.lane);
  expect(await freshAt()).toMatchObject({ buyers: RECEIVED_AT_MS, promoters: RECEIVED_AT_MS });
  await world.follow();
  expect(await freshAt()).toMatchObject({ buyers: world.experience.nowMs, promoters: RECEIVED_AT_MS });
  await world.experience.evaluate();
  expect(await world.members('promoters')).toEqual([]);
  expect(await freshAt()).toMatchObject({ promoters: RECEIVED_AT_MS });
  await world.follow();
  expect(await world.members('promoters')).toEqual(['ada']);
  expect(await freshAt()).toEqual({ buyers: world.experience.nowMs, promoters: world.experience.nowMs, computing: null });
});

it('stops at the moment at which the clock should have let somebody go', async () => {
  await world.define('buyers', { event: { name: 'Order Completed' }, within: '1d' });
  await world.hear(anEvent('ada', 'Order Completed', 5));
  const leavesAtMs = RECEIVED_AT_MS - 5 * MINUTE_MS + 86_400_000;
  world.experience.nowMs = leavesAtMs + MINUTE_MS;
  expect(await freshAt()).toEqual({ buyers: leavesAtMs });
  await world.follow();
  expect(await freshAt()).toEqual({ buyers: world.experience.nowMs });
});
