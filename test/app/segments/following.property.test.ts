import fc from 'fast-check';
import type { Json } from '../../../src/kernel/json';
import { Refusal } from '../../../src/kernel/refusals';
import { isComputed } from '../../../src/storage/segments/computedMeasures';
import { RECEIVED_AT_MS } from '../processing/world';
import { aStep, EVENTS, type Step, someDefinitions } from './arbitraries';
import { SegmentWorld } from './segmentWorld';

jest.setTimeout(600_000);

const MINUTE_MS = 60_000;
const DAY_MS = 1_440 * MINUTE_MS;
const SEGMENTS = 14;
const RUNS = Number(process.env['SEGMENT_RUNS'] ?? 20);

/** Histories and definitions at once: each comparison is of every profile with every segment. */
it('has in its segments, whatever happened and in whichever order, whom evaluating everybody from nothing finds, in memory and by SQL', () =>
  fc.assert(
    fc.asyncProperty(
      someDefinitions(SEGMENTS),
      someDefinitions(SEGMENTS),
      fc.array(aStep, { minLength: 12, maxLength: 40, size: 'max' }),
      async (definitions, others, steps) => {
        const world = await SegmentWorld.create();
        try {
          await begin(world, definitions);
          for (const [number, step] of steps.entries()) {
            await carryOut(world, step, number, others);
            if (step.is !== 'message') await expectTruth(world);
          }
          await settle(world);
          await expectTruth(world);
          toMidnight(world);
          await expectTruth(world, () => true);
          const { keys, memberships } = await world.readAll();
          expect((await world.memberships()).filter((place) => keys.has(keyOf(place)))).toEqual(memberships);
          expect(world.errors).toEqual([]);
        } finally {
          await world.close();
        }
      },
    ),
    { numRuns: RUNS, endOnFailure: true },
  ));

async function begin(world: SegmentWorld, definitions: readonly Json[]): Promise<void> {
  await world.createTrait('spent', { aggregate: 'sum', event: { name: 'Order Completed' }, property: 'total', within: '2w' });
  await world.createTrait('last-product', { aggregate: 'last', event: { name: 'Product Viewed' }, property: 'product.id' });
  await world.createTrait('views', { aggregate: 'count', event: { name: 'Product Viewed' }, within: '3d' });
  for (const [n, definition] of definitions.entries()) if (n % 2 === 0) await tryTo(() => world.create(`s${n}`, definition));
  await world.compute();
}

/** Everything that is due is seen to. */
async function settle(world: SegmentWorld): Promise<void> {
  await world.experience.world.drain(world.experience.lane);
  await world.experience.evaluate();
  await world.compute();
}

/** When what is computed anew daily is. */
function toMidnight({ experience }: SegmentWorld): void {
  experience.nowMs = (Math.floor(experience.nowMs / DAY_MS) + 1) * DAY_MS;
}

/** Of segments that are live; what is not followed yet is followed first. `isTrue`: of which of them; at first of those that measures of the day don't count for. */
async function expectTruth(world: SegmentWorld, isTrue?: (key: string) => boolean): Promise<void> {
  await world.compute();
  const isNow = isTrue ?? (await ofNow(world));
  const isCompared = (place: string) => isNow(keyOf(place));
  const stored = await world.memberships();
  expect(stored.filter(isCompared)).toEqual((await world.evaluateAll()).filter(isCompared));
  const counts = new Map<string, number>();
  for (const place of stored) counts.set(keyOf(place), (counts.get(keyOf(place)) ?? 0) + 1);
  for (const [key, size] of Object.entries(await world.sizes())) expect(`${key}: ${size}`).toBe(`${key}: ${counts.get(key) ?? 0}`);
}

/** Segments that ask for nothing that is as of the last look, by themselves or through others. */
async function ofNow(world: SegmentWorld): Promise<(key: string) => boolean> {
  const needs = await world.needs();
  return (key) => ![...(needs.get(key)?.measures ?? [])].some(isComputed);
}

const keyOf = (place: string): string => place.slice(0, place.indexOf(' '));

async function carryOut(world: SegmentWorld, step: Step, number: number, others: readonly Json[]): Promise<void> {
  const { experience } = world;
  switch (step.is) {
    case 'message':
      return void (await experience.world.send([messageOf(step, number)], step.source));
    case 'process':
      await experience.world.drain(experience.lane);
      return step.follow ? world.follow() : undefined;
    case 'tick':
      experience.nowMs += step.minutes * MINUTE_MS;
      return;
    case 'evaluate':
      return experience.evaluate();
    case 'define':
      return tryTo(() => define(world, step, others));
    default:
      return tryTo(() => decide(world, step));
  }
}

/** A segment that is there gets another definition, one that is not is made. */
async function define(world: SegmentWorld, { which, wait }: Extract<Step, { is: 'define' }>, others: readonly Json[]): Promise<void> {
  const key = `s${which % SEGMENTS}`;
  const definition = others[which % SEGMENTS] as Json;
  const [known] = await world.query<{ segment_id: string }>('select segment_id from segment where key = $1', [key]);
  if (known) await world.desk.updateSegment(1, { segmentId: known.segment_id, definition }, world.experience.author());
  else await world.create(key, definition);
  if (wait) await world.backfill();
}

function messageOf(step: Extract<Step, { is: 'message' }>, number: number): object {
  const { call, visitor, user, email, event, group, tier, minutesBefore, properties, traits } = step;
  const contact = email === null ? {} : { email: `e${email}@example.com` };
  return {
    type: call,
    messageId: `m${number}`,
    anonymousId: `visitor-${visitor}`,
    ...(user === null ? {} : { userId: `user-${user}` }),
    timestamp: new Date(RECEIVED_AT_MS - minutesBefore * MINUTE_MS).toISOString(),
    ...(call === 'track' ? { event: EVENTS[event], properties, context: { traits: contact } } : {}),
    ...(call === 'identify' ? { traits: { ...traits, ...contact } } : {}),
    ...(call === 'group' ? { groupId: group, traits: { tier } } : {}),
  };
}

async function decide(world: SegmentWorld, step: Extract<Step, { is: 'merge' | 'undo' | 'split' }>): Promise<void> {
  const { experience } = world;
  if (step.is === 'undo') {
    const merge = pick(
      await world.query<{ merge_id: string }>('select merge_id from profile_merge order by merged_at, merge_id'),
      step.which,
    );
    if (merge) await experience.desk.undoMerge(1, merge.merge_id, experience.author());
    return;
  }
  if (step.is === 'merge') {
    const profiles = await experience.profileIds();
    const [one, other] = [pick(profiles, step.one), pick(profiles, step.other)];
    if (one && other) await experience.merge(one.profile_id, other.profile_id);
    return;
  }
  const identifiers = await world.query<{ profile_id: string; type: string; value: string }>(
    'select profile_id, type, value from identifier order by identifier_id',
  );
  const { profile_id: profileId, type, value } = pick(identifiers, step.which) ?? { profile_id: '', type: '', value: '' };
  if (profileId !== '') await experience.desk.splitProfile(1, { profileId, identifiers: [{ type, value }] }, experience.author());
}

function pick<T>(list: readonly T[], number: number): T | undefined {
  return list[number % Math.max(1, list.length)];
}

async function tryTo(work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
  }
}
