import { randomUUID } from 'node:crypto';
import { changeRules } from '../../../src/app/rules/changeRules';
import { DEFAULT_IDENTITY_RULES, type IdentityRule, IdentityRules } from '../../../src/identity/rules';
import { aTrack, createWorld, type World } from '../processing/world';

// Databases with thousands of profiles: seconds on an idle machine, longer beside other suites.
jest.setTimeout(60_000);

let world: World;
beforeEach(async () => {
  world = await createWorld();
});
afterEach(() => world.close());

/** The defaults with some rules changed. */
function rulesWith(...changed: readonly Partial<IdentityRule>[]): IdentityRules {
  return new IdentityRules(DEFAULT_IDENTITY_RULES.list.map((rule) => ({ ...rule, ...changed.find((one) => one.type === rule.type) })));
}

const change = (rules: IdentityRules) =>
  changeRules(world.database.app, 1, rules, { actor: 'a test', auditId: randomUUID(), atMs: Date.now() });

interface Progress {
  readonly version: number;
  readonly finished: boolean;
  readonly examined: number;
  readonly total: number;
}

async function progress(): Promise<Progress | undefined> {
  const [row] = await world.query<{ version: number; finished: boolean; examined: number; total: number }>(`
    select version, finished_at is not null as finished, profiles_examined::int as examined, profiles_total::int as total from rule_change`);
  return row;
}

const visit = (messageId: string, fields: object, at = 10) => aTrack({ messageId, at, ...fields });
const email = (address: string) => ({ context: { traits: { email: address } } });

describe('after a change of rules', () => {
  it('joins what a limit had kept apart, and parts what a limit keeps apart now; ids stay with the larger share and come back', async () => {
    await world.send([
      visit('m1', { userId: 'u1', anonymousId: 'a1' }, 9),
      visit('m2', { userId: 'u2', anonymousId: 'a1' }, 8),
      visit('m3', { userId: 'u3', anonymousId: 'a3' }, 7),
    ]);
    const lane = world.newLane();
    await world.drain(lane);
    const apart = [['anonymous_id:a1', 'user_id:u2'], ['anonymous_id:a3', 'user_id:u3'], ['user_id:u1']];
    expect(await world.partition()).toEqual(apart);
    const idOf = async (value: string) =>
      (await world.query<{ profile_id: string }>('select profile_id from identifier where value = $1', [value]))[0]?.profile_id;
    const [first, second] = [await idOf('u1'), await idOf('u2')];
    await change(rulesWith({ type: 'user_id', limitPerProfile: 2 }));
    await world.drain(lane);
    expect(await world.partition()).toEqual([
      ['anonymous_id:a1', 'user_id:u1', 'user_id:u2'],
      ['anonymous_id:a3', 'user_id:u3'],
    ]);
    expect(await idOf('u1')).toBe(second);
    expect(await world.query('select survivor_id, absorbed_id from profile_merge')).toEqual([{ survivor_id: second, absorbed_id: first }]);
    await change(DEFAULT_IDENTITY_RULES);
    await world.drain(world.newLane());
    expect(await world.partition()).toEqual(apart);
    expect([await idOf('u1'), await idOf('u2')]).toEqual([first, second]);
    expect(await progress()).toEqual({ version: 2, finished: true, examined: 2, total: 2 });
  });

  it('lets what is blocked now link nobody, and links by it again when it is not blocked any more', async () => {
    await world.send([visit('m1', { userId: 'u1', ...email('info@shop.com') }), visit('m2', { userId: 'u2', ...email('info@shop.com') })]);
    await world.drain(world.newLane());
    const before = await world.partition();
    expect(before).toEqual([['email:info@shop.com', 'user_id:u1'], ['user_id:u2']]);
    await change(rulesWith({ type: 'email', blockedPatterns: ['Info@*'] }));
    await world.drain(world.newLane());
    expect(await world.partition()).toEqual([['email:info@shop.com'], ['user_id:u1'], ['user_id:u2']]);
    await world.send([visit('m3', { userId: 'u3', ...email('info@shop.com') })]);
    await world.drain(world.newLane());
    expect(await world.partition()).toContainEqual(['user_id:u3']);
    await change(DEFAULT_IDENTITY_RULES);
    await world.drain(world.newLane());
    expect(await world.partition()).toEqual([...before, ['user_id:u3']]);
  });

  it('counts anew who is a hub when another type is the stronger one', async () => {
    const users = Array.from({ length: 1001 }, (_, n) => visit(`m${n}`, { userId: `u${n}`, ...email('team@shop.com') }));
    await world.send(users);
    await world.send([visit('last', { anonymousId: 'a1', ...email('team@shop.com') })]);
    await world.drain(world.newLane());
    expect(await world.partition()).toContainEqual(['email:team@shop.com']);
    await change(new IdentityRules([{ type: 'email', limitPerProfile: 5, keep: 'EARLIEST', blockedPatterns: [] }]));
    await world.drain(world.newLane());
    const groups = await world.partition();
    expect(groups.find((group) => group.includes('email:team@shop.com'))).toHaveLength(7);
    expect(groups).toHaveLength(1003 - 6);
    await change(DEFAULT_IDENTITY_RULES);
    await world.drain(world.newLane());
    expect(await world.partition()).toContainEqual(['email:team@shop.com']);
    expect(await world.query(`select stronger_links from identifier where type = 'email'`)).toEqual([{ stronger_links: 1001 }]);
  });

  it('goes on with messages in between, and after a worker died in the middle, and a newer change takes its place', async () => {
    const count = 700;
    const shared = (n: number) => [
      visit(`a${n}`, { userId: `u${n}`, anonymousId: `d${n}` }, 20),
      visit(`b${n}`, { userId: `v${n}`, anonymousId: `d${n}` }, 10),
    ];
    for (let at = 0; at < count; at += 100) await world.send(Array.from({ length: 100 }, (_, n) => shared(at + n)).flat());
    await world.drain(world.newLane());
    await change(rulesWith({ type: 'user_id', limitPerProfile: 2 }));
    const statements = world.sent();
    await world.drainBatches(world.newLane(), 2);
    expect(world.sent() - statements).toBeLessThan(60);
    const midway = await progress();
    expect(midway).toMatchObject({ version: 1, finished: false, total: 2 * count });
    expect(midway?.examined).toBeGreaterThan(0);
    expect(midway?.examined).toBeLessThan(2 * count);
    await world.send([visit('new', { userId: 'u1', anonymousId: 'd699' }, 5)]);
    await world.drainBatches(world.newLane(), 1);
    expect(await world.query(`select from interaction where message_id = 'new'`)).toHaveLength(1);
    expect(await progress()).toMatchObject({ finished: false });
    await change(rulesWith({ type: 'user_id', limitPerProfile: 3 }));
    await world.drain(world.newLane());
    expect(await progress()).toMatchObject({ version: 2, finished: true });
    const groups = await world.partition();
    expect(groups).toHaveLength(count);
    expect(groups).toContainEqual(['anonymous_id:d1', 'anonymous_id:d699', 'user_id:u1', 'user_id:v1', 'user_id:v699']);
    expect(groups).toContainEqual(['user_id:u699']);
  });
});

it('changes nothing and begins nothing where the same rules are set again', async () => {
  await world.send([visit('m1', { userId: 'u1' })]);
  await world.drain(world.newLane());
  const [before] = await world.query('select generation from lane');
  await change(rulesWith({}));
  expect(await progress()).toBeUndefined();
  expect(await world.query('select generation from lane')).toEqual([before]);
});

it('finds workspaces whose rules were changed, and no others', async () => {
  const pending = async () => (await world.query('select workspace_id from pending_rule_changes()')).length;
  await world.drain(world.newLane());
  expect(await pending()).toBe(0);
  await change(rulesWith({ type: 'user_id', limitPerProfile: 2 }));
  expect(await pending()).toBe(1);
  await world.drain(world.newLane());
  expect(await pending()).toBe(0);
});
