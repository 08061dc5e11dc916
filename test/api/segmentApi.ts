import { createHash, randomUUID } from 'node:crypto';
import { SCOPES } from '../../src/kernel/vocabulary';
import { anEvent } from '../app/experience/experienceWorld';
import { SegmentWorld } from '../app/segments/segmentWorld';
import { ApiUnderTest } from './apiUnderTest';

const DAY_MINUTES = 24 * 60;

/** A workspace whose memberships are followed, by hand, and the API over it, both by one time. */
export class SegmentApi {
  private constructor(
    readonly world: SegmentWorld,
    readonly api: ApiUnderTest,
    /** With all scopes. */
    readonly key: string,
  ) {}

  static async start(): Promise<SegmentApi> {
    const world = await SegmentWorld.create();
    const api = await ApiUnderTest.start({ database: world.experience.world.database });
    api.passTime(world.experience.nowMs - Date.now());
    return new SegmentApi(world, api, await apiKey(world, SCOPES));
  }

  keyWith(...scopes: string[]): Promise<string> {
    return apiKey(this.world, scopes);
  }

  /** What the query answers; fails where it is refused. */
  // biome-ignore lint/suspicious/noExplicitAny: an answer is whatever the query asked for
  async ask(query: string, variables: object = {}, key = this.key): Promise<any> {
    const { data, codes, messages } = await this.api.query(key, query, variables);
    expect({ codes, messages }).toEqual({ codes: [], messages: [] });
    return data;
  }

  /** The code and words of a refusal. */
  async refused(query: string, variables: object = {}, key = this.key): Promise<string> {
    const { codes, messages } = await this.api.query(key, query, variables);
    return `${codes.join()}: ${messages.join()}`;
  }

  /** Defined through the API; answers its public id. */
  async create(key: string, definition: object): Promise<string> {
    const { createSegment } = await this.ask(CREATE, { input: { key, name: `All of ${key}`, definition } });
    return createSegment.segment.id;
  }

  /** The same, and computed. */
  async define(key: string, definition: object): Promise<string> {
    const id = await this.create(key, definition);
    await this.world.compute();
    return id;
  }

  async stop(): Promise<void> {
    await this.world.experience.world.pool.end();
    await this.api.stop();
  }
}

export const CREATE =
  'mutation ($input: CreateSegmentInput!) { createSegment(input: $input) { segment { id key name description definition size status freshAt } } }';

async function apiKey(world: SegmentWorld, scopes: readonly string[]): Promise<string> {
  const made = `api-${randomUUID()}`;
  await world.query(
    `insert into credential (key_hash, workspace_id, credential_id, source_id, name, scopes, created_at) values ($1, 1, $2, null, 'test', $3, now())`,
    [createHash('sha256').update(made).digest(), randomUUID(), scopes],
  );
  return made;
}

export const order = (userId: string, daysAgo: number, total = 10, more: object = {}): object =>
  anEvent(userId, 'Order Completed', daysAgo * DAY_MINUTES, { order_id: `${userId}-${daysAgo}`, total, currency: 'EUR', ...more });

let identifies = 0;
export const identify = (userId: string, traits: object): object => ({
  type: 'identify',
  userId,
  traits,
  messageId: `identify-${identifies++}`,
});

export const BUYERS = { event: { name: 'Order Completed' }, within: '30d' };

/** The same of somebody who has not said who they are. */
export function asVisitor(message: object): object {
  const { userId, ...rest } = message as { userId: string };
  return { ...rest, anonymousId: userId };
}

export async function visitorOf({ world }: SegmentApi, anonymousId: string): Promise<string> {
  const [row] = await world.query<{ profile_id: string }>(`select profile_id from identifier where type = 'anonymous_id' and value = $1`, [
    anonymousId,
  ]);
  if (!row) throw new Error(`There is no ${anonymousId}.`);
  return row.profile_id;
}
