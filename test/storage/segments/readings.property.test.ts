import fc from 'fast-check';
import { survivorshipFromJson } from '../../../src/profile/survivorshipFromJson';
import { compileSegments } from '../../../src/segments/compileSegments';
import type { Condition } from '../../../src/segments/definition';
import { evaluateSegments } from '../../../src/segments/evaluateSegments';
import { needsOf } from '../../../src/segments/needsOf';
import { trackedEventsOf } from '../../../src/segments/trackedEventsOf';
import { loadSubjects } from '../../../src/storage/segments/loadSubjects';
import { loadTrackedEvents } from '../../../src/storage/segments/loadTrackedEvents';
import type { ReadingContext } from '../../../src/storage/segments/readingContext';
import { readingOf } from '../../../src/storage/segments/segmentReading';
import { accounts, computedTraits, moments, profile, SEGMENT_KEYS, segments, survivorship } from './arbitraries';
import { SegmentWorld } from './segmentWorld';

jest.setTimeout(120_000);

let world: SegmentWorld;
beforeAll(async () => {
  world = await SegmentWorld.create();
});
afterAll(() => world.close());

/** Of one segment at one time: whether a profile is in, and when at the earliest it may be otherwise. */
type Told = ReadonlyMap<string, { readonly holds: boolean; readonly nextAtMs: number }>;

const anything = fc.record({
  profiles: fc.array(profile, { minLength: 25, maxLength: 40, size: 'max' }),
  accounts,
  survivorship,
  segments,
  computedTraits,
  isTracked: fc.infiniteStream(fc.boolean()),
  moments,
});

/** Shares of profiles that were in, of all readings by SQL so far: the laws below would hold of empty ones, too. A fifth to three fifths of them are of some. */
const members: number[] = [];

afterAll(() => {
  expect(members.filter((share) => share > 0 && share < 1).length).toBeGreaterThan(members.length / 10);
});

it('answers by SQL and in memory the same of any definition, profiles and time, and foresees when time changes it', () =>
  fc.assert(
    fc.asyncProperty(anything, async (told) => {
      await world.clear({ survivorship: told.survivorship });
      await world.write(told.profiles, told.accounts);
      const defined = told.segments.map((condition, index) => {
        return { key: SEGMENT_KEYS[index] as string, name: '', definition: { condition, json: null } };
      });
      for (const tracked of trackedEventsOf(
        defined.map(({ definition }) => definition),
        told.computedTraits,
      )) {
        if (told.isTracked.next().value) await world.track(tracked);
      }
      const bySql = await Promise.all(told.moments.map((nowMs) => sqlReadings(told, nowMs)));
      const inMemory = await Promise.all(told.moments.map((nowMs) => memoryReadings(defined, told.computedTraits, nowMs)));
      for (const [index, key] of SEGMENT_KEYS.entries()) {
        const sql = bySql.map((readings) => readings[index] ?? null);
        const memory = inMemory.map((readings) => readings[index] as Told);
        for (const [at, reading] of sql.entries()) {
          if (reading !== null) members.push(membersOf(reading).length / reading.size);
          if (reading !== null) expect([key, at, membersOf(reading)]).toEqual([key, at, membersOf(memory[at] as Told)]);
        }
        foresees(memory, told.moments);
        if (!sql.includes(null)) foresees(sql as Told[], told.moments);
      }
    }),
    { numRuns: 5, endOnFailure: true },
  ));

function membersOf(told: Told): string[] {
  return [...told].flatMap(([profileId, { holds }]) => (holds ? [profileId] : [])).sort();
}

/** Whoever is in at one time and not at another was to be looked at in between. */
function foresees(readings: readonly Told[], momentsMs: readonly number[]): void {
  for (const [at, reading] of readings.entries()) {
    for (const [profileId, { holds, nextAtMs }] of reading) {
      expect(nextAtMs).toBeGreaterThan(momentsMs[at] as number);
      for (let later = at + 1; later < readings.length; later++) {
        if (readings[later]?.get(profileId)?.holds !== holds) expect(nextAtMs).toBeLessThanOrEqual(momentsMs[later] as number);
      }
    }
  }
}

type Defined = Parameters<typeof compileSegments>[0];
type ComputedTraits = Parameters<typeof compileSegments>[1];

function memoryReadings(defined: Defined, traits: ComputedTraits, nowMs: number): Promise<Told[]> {
  return world.inside(async (client) => {
    const needs = needsOf({ segments: defined, computedTraits: traits });
    const { rows } = await client.query<{ profile_id: string }>('select profile_id from profile');
    const subjects = await loadSubjects(
      client,
      1,
      rows.map((row) => row.profile_id),
      needs,
      nowMs,
    );
    return defined.map((one) => {
      // Each alone, so that what is foreseen is of this one.
      const compiled = compileSegments(defined, traits);
      const alone = { ...compiled, roots: compiled.roots.filter(({ key }) => key === one.key) };
      return new Map(
        subjects.map((subject) => {
          const { members, nextAtMs } = evaluateSegments(alone, subject, nowMs);
          return [subject.profileId, { holds: members.has(one.key), nextAtMs: nextAtMs ?? Number.POSITIVE_INFINITY }];
        }),
      );
    });
  });
}

function sqlReadings(
  told: { segments: readonly Condition[]; survivorship: object; computedTraits: ComputedTraits },
  nowMs: number,
): Promise<(Told | null)[]> {
  return world.inside(async (client) => {
    const context: ReadingContext = {
      workspaceId: 1,
      nowMs,
      range: { after: null, upTo: null },
      survivorship: survivorshipFromJson(told.survivorship),
      computedTraits: new Map(told.computedTraits.map(({ key, definition }) => [key, definition])),
      trackedEvents: await loadTrackedEvents(client, 1),
      segments: new Map(told.segments.map((condition, index) => [SEGMENT_KEYS[index] as string, { condition }])),
    };
    const readings: (Told | null)[] = [];
    for (const condition of told.segments) {
      const reading = readingOf(condition, context);
      if (reading === null) {
        readings.push(null);
        continue;
      }
      const text = `with ${reading.withs} select profile_id, holds, round(extract(epoch from wake_at) * 1000)::float8 as wake from told`;
      const { rows } = await client.query<{ profile_id: string; holds: boolean; wake: number | null }>(text, reading.parameters.values);
      readings.push(new Map(rows.map((row) => [row.profile_id, { holds: row.holds, nextAtMs: row.wake ?? Number.POSITIVE_INFINITY }])));
    }
    return readings;
  });
}
