import { DEMO_SEGMENTS, DEMO_TRAITS, defineDemoSegments } from '../../../src/app/demo/demoSegments';
import { newUuidV7 } from '../../../src/kernel/uuid';
import { SegmentWorld } from '../segments/segmentWorld';

it('defines what a marketer of the demo company would, and again changes nothing', async () => {
  const world = await SegmentWorld.create();
  const define = () => defineDemoSegments(world.desk, 1, () => newUuidV7(Date.now()), world.experience.nowMs);
  await define();
  const read = () =>
    world.query('select s.key, s.name, s.description, s.status, s.created_at from segment s order by s.created_at, s.segment_id');
  const defined = await read();
  await world.compute();
  await define();
  expect(defined.map((segment) => (segment as { key: string }).key).sort()).toEqual(DEMO_SEGMENTS.map(({ key }) => key).sort());
  expect(await world.query('select key from computed_trait')).toHaveLength(DEMO_TRAITS.length);
  expect(Object.keys(await world.sizes())).toHaveLength(DEMO_SEGMENTS.length);
  expect((await read()).every((segment) => (segment as { status: string }).status === 'LIVE')).toBe(true);
  await world.close();
});
