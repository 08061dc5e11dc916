import { Computing } from '../../../src/app/segments/computing';
import { followedDefinitions } from '../../../src/app/segments/followedDefinitions';
import { Following, type FollowingOptions } from '../../../src/app/segments/following';
import { segmentDesk } from '../../../src/app/segments/segmentDesk';
import { SoleWriter } from '../../../src/app/segments/soleWriter';
import { backfillNext } from '../../../src/app/segments/trackedEventBackfill';
import type { Json } from '../../../src/kernel/json';
import { newUuidV7 } from '../../../src/kernel/uuid';
import { evaluateSegments } from '../../../src/segments/evaluateSegments';
import { needsOf, type SubjectNeeds } from '../../../src/segments/needsOf';
import { withNamed } from '../../../src/segments/references';
import { loadSubjects } from '../../../src/storage/segments/loadSubjects';
import type { ReadingContext } from '../../../src/storage/segments/readingContext';
import { segmentReading } from '../../../src/storage/segments/segmentReading';
import { loadSegmentDefinitions } from '../../../src/storage/statements/loadSegmentDefinitions';
import { inWorkspace } from '../../../src/storage/workspaceTransaction';
import { ExperienceWorld } from '../experience/experienceWorld';

export interface Told {
  readonly type: string;
  readonly profile_id: string;
  readonly segment: string | null;
  readonly data: { readonly reason?: string };
}

/** A workspace whose messages are processed, whose profiles are evaluated, and whose memberships are followed, by a clock that stands until it is set. */
export class SegmentWorld {
  readonly errors: Error[] = [];
  readonly writer: SoleWriter;
  readonly options: FollowingOptions;
  readonly following: Following;
  readonly computing: Computing;
  readonly desk;

  private constructor(readonly experience: ExperienceWorld) {
    const { pool } = experience.world;
    const newId = () => newUuidV7(Date.now());
    this.writer = new SoleWriter(pool);
    this.options = { pool, writer: this.writer, clock: () => experience.nowMs, newId, onError: (error) => this.errors.push(error) };
    this.following = new Following(this.options);
    this.computing = new Computing({ writer: this.writer, clock: () => experience.nowMs, newId });
    this.desk = segmentDesk(pool, newId);
  }

  static async create(): Promise<SegmentWorld> {
    return new SegmentWorld(await ExperienceWorld.create());
  }

  close(): Promise<void> {
    return this.experience.close();
  }

  query<Row extends object>(text: string, values?: unknown[]): Promise<Row[]> {
    return this.experience.world.query(text, values) as Promise<Row[]>;
  }

  /** Messages, processed and followed. */
  async hear(...messages: object[]): Promise<void> {
    await this.experience.hear(...messages);
    await this.follow();
  }

  /** The clock goes on, and whom it wakes is looked at. */
  async later(milliseconds: number): Promise<void> {
    this.experience.nowMs += milliseconds;
    await this.follow();
  }

  async follow(): Promise<void> {
    while (!(await this.following.step(1)));
  }

  /** A segment, created and computed. */
  async define(key: string, definition: Json): Promise<string> {
    const segmentId = await this.create(key, definition);
    await this.compute();
    return segmentId;
  }

  create(key: string, definition: Json): Promise<string> {
    return this.desk.createSegment(1, { key, name: key, description: null, definition }, this.experience.author());
  }

  createTrait(key: string, definition: Json): Promise<void> {
    return this.desk.createComputedTrait(1, { key, name: key, definition }, this.experience.author());
  }

  /** Everything that is to be noted, followed and computed, as the loops of a worker do it. */
  async compute(): Promise<void> {
    await this.backfill();
    do await this.follow();
    while (!(await this.computing.step(1)));
  }

  async backfill(): Promise<void> {
    while (!(await backfillNext(this.experience.world.pool, 1)));
  }

  /** User ids of who is in, or profile ids of those who have none. */
  async members(key: string): Promise<string[]> {
    const rows = await this.query<{ member: string }>(
      `select coalesce((select min(i.value) from identifier i where i.profile_id = m.profile_id and i.type = 'user_id'), m.profile_id::text) as member
       from segment_membership m join segment s using (workspace_id, segment_id) where s.key = $1 order by 1`,
      [key],
    );
    return rows.map(({ member }) => member);
  }

  /** All memberships as they stand: "key profileId". */
  async memberships(): Promise<string[]> {
    const rows = await this.query<{ place: string }>(
      `select s.key || ' ' || m.profile_id as place from segment_membership m join segment s using (workspace_id, segment_id) order by 1`,
    );
    return rows.map(({ place }) => place);
  }

  /** All memberships as evaluating everybody in memory tells them. */
  evaluateAll(): Promise<string[]> {
    return inWorkspace(this.experience.world.pool, 1, 'snapshot', async (client) => {
      const { nowMs } = this.experience;
      const { compiled, needs } = followedDefinitions(await loadSegmentDefinitions(client, 1), '');
      const profileIds = (await this.experience.profileIds()).map(({ profile_id }) => profile_id);
      const subjects = await loadSubjects(client, 1, profileIds, needs, nowMs);
      const places = subjects.flatMap((subject) => {
        const { members } = evaluateSegments(compiled, subject, nowMs);
        return [...members.keys()].map((key) => `${key} ${subject.profileId}`);
      });
      return places.sort();
    });
  }

  /** What each segment asks for, by itself and through others, by key. */
  needs(): Promise<ReadonlyMap<string, SubjectNeeds>> {
    return inWorkspace(this.experience.world.pool, 1, 'snapshot', async (client) => {
      const { evaluated, computedTraits } = followedDefinitions(await loadSegmentDefinitions(client, 1), '');
      return new Map(
        evaluated.map((segment) => [segment.key, needsOf({ segments: withNamed([segment], evaluated), computedTraits })] as const),
      );
    });
  }

  /** The same as SQL tells it from nothing, of those segments that SQL can read. */
  readAll(): Promise<{ readonly keys: ReadonlySet<string>; readonly memberships: readonly string[] }> {
    return inWorkspace(this.experience.world.pool, 1, 'snapshot', async (client) => {
      const { evaluated, computedTraits, trackedEvents } = followedDefinitions(await loadSegmentDefinitions(client, 1), '');
      const context: ReadingContext = {
        workspaceId: 1,
        nowMs: this.experience.nowMs,
        range: { after: null, upTo: null },
        survivorship: {},
        computedTraits: new Map(computedTraits.map(({ key, definition }) => [key, definition])),
        trackedEvents,
        segments: new Map(evaluated.map(({ key, definition }) => [key, { condition: definition.condition }])),
      };
      const keys = new Set<string>();
      const places: string[] = [];
      for (const { key, definition } of evaluated) {
        const reading = segmentReading(definition.condition, context);
        if (reading === null) continue;
        keys.add(key);
        const { rows } = await client.query<{ profile_id: string }>({ text: reading.sql, values: reading.values });
        places.push(...rows.map(({ profile_id }) => `${key} ${profile_id}`));
      }
      return { keys, memberships: places.sort() };
    });
  }

  async sizes(): Promise<Record<string, number>> {
    const rows = await this.query<{ key: string; size: number }>('select key, size from segment order by key');
    return Object.fromEntries(rows.map(({ key, size }) => [key, size]));
  }

  async status(key: string): Promise<string> {
    const [row] = await this.query<{ status: string }>('select status from segment where key = $1', [key]);
    return row?.status ?? 'none';
  }

  /** What was told since the last time, in order. */
  async told(): Promise<Told[]> {
    const rows = await this.query<Told>(
      `select c.type, c.profile_id, s.key as segment, c.data
       from change c left join segment s using (workspace_id, segment_id) order by c.transaction_id, c.change_id`,
    );
    await this.query('delete from change');
    return rows;
  }

  profileOf(userId: string): Promise<string> {
    return this.experience.profileOf(userId);
  }
}
