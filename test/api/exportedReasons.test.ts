import { identify, order, SegmentApi } from './segmentApi';

jest.setTimeout(60_000);

let api: SegmentApi;
beforeAll(async () => {
  api = await SegmentApi.start();
  const users = Array.from({ length: 1_100 }, (_, n) =>
    identify(`u${n}`, { plan: n % 2 === 0 ? 'pro' : 'free', email: `u${n}@example.com` }),
  );
  await api.world.hear(...users, order('u0', 3));
});
afterAll(() => api.stop());

async function exported(key: string, fields: string, bearer = api.key): Promise<Record<string, unknown>[]> {
  const url = `${new URL(api.api.url).origin}/exports/segments/${key}.ndjson?fields=${fields}`;
  const text = await (await fetch(url, { headers: { authorization: `Bearer ${bearer}` } })).text();
  return text
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line));
}

it('exports why each member is in, as profiles say it, also where the segment has just been computed by SQL', async () => {
  await api.define('buyers', { event: { name: 'Order Completed' } });
  await api.define('paying', { any: [{ trait: 'plan', op: 'eq', value: 'pro' }, { segment: 'buyers' }, { trait: 'email', op: 'exists' }] });
  const members = await exported('paying', 'id,email,reason');
  expect(members).toHaveLength(1_100);
  const { profiles } = await api.ask('{ profiles(first: 100) { nodes { id segments { segment { key } reason } } } }');
  const shown = new Map(
    profiles.nodes.map(({ id, segments }: { id: string; segments: { segment: { key: string }; reason: string }[] }) => [
      id,
      segments.find(({ segment }) => segment.key === 'paying')?.reason,
    ]),
  );
  const compared = members.filter(({ id }) => shown.has(id as string));
  expect(compared).toHaveLength(100);
  for (const { id, reason } of compared) expect(reason).toBe(shown.get(id as string));
  expect(new Set(members.map(({ reason }) => reason)).size).toBeGreaterThan(1);
});

it('says nothing of a definition that compares personal values to a key that may not see them', async () => {
  await api.define('ada', { trait: 'email', op: 'eq', value: 'u7@example.com' });
  expect(await exported('ada', 'reason')).toEqual([{ reason: expect.stringContaining('u7@example.com') }]);
  const key = await api.keyWith('segments:read', 'profiles:read');
  expect(await exported('ada', 'reason', key)).toEqual([{ reason: 'meets the definition' }]);
});
