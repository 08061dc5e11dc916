import { randomUUID } from 'node:crypto';
import { keyHash } from '../../../src/app/bootstrap';
import { SCOPES } from '../../../src/kernel/vocabulary';
import { type Answer, ApiUnderTest } from '../../api/apiUnderTest';
import { createWorld, type World } from '../processing/world';

const PAGE = 3;

const INTERACTION = `
  id messageId occurredAt receivedAt department channel kind direction name summary properties source { id name } subject { type externalId }
  profile { id }`;
const LINK_END = 'type value';
const PROFILE = `
  id previousIds displayName email phone language traits firstSeenAt lastSeenAt
  identifiers { type value source { id } firstSeenAt lastSeenAt verified }
  accounts { id externalId name traits }
  identityGraph {
    links { from { ${LINK_END} } to { ${LINK_END} } rule linkedAt evidence { id } }
    refusedLinks { from { ${LINK_END} } to { ${LINK_END} } reason otherProfileId }
  }`;
const TRAIT = `key value observedAt rule source { id } alternatives { value observedAt source { id } }`;

export interface Merged {
  readonly survivorId: string;
  readonly mergeIds: readonly string[];
}

/** A workspace that messages come to and that people decide in, through the API, on a database of its own. */
export class DecisionWorld {
  /** How many statements decisions took so far. */
  statements = 0;

  private constructor(
    readonly world: World,
    readonly api: ApiUnderTest,
    readonly key: string,
  ) {}

  static async start(settings: object = {}, statementTimeoutMs = 60_000): Promise<DecisionWorld> {
    const world = await createWorld();
    await world.query('update workspace set settings = $1', [settings]);
    const api = await ApiUnderTest.start({ database: world.database, statementTimeoutMs });
    const started = new DecisionWorld(world, api, `key-${randomUUID()}`);
    started.countStatements();
    await started.addKey(started.key, 'Ada of support', SCOPES);
    return started;
  }

  async stop(): Promise<void> {
    await this.world.pool.end();
    await this.api.stop();
  }

  private countStatements(): void {
    this.world.database.app.on('connect', (client) => {
      const query = client.query.bind(client);
      client.query = ((...args: Parameters<typeof query>) => {
        this.statements++;
        return query(...args);
      }) as typeof client.query;
    });
  }

  async addKey(key: string, name: string, scopes: readonly string[]): Promise<void> {
    await this.world.query(
      `insert into credential (key_hash, workspace_id, credential_id, source_id, name, scopes, created_at) values ($1, 1, $2, null, $3, $4, now())`,
      [keyHash(key), randomUUID(), name, scopes],
    );
  }

  async hear(...messages: object[]): Promise<void> {
    await this.world.send(messages);
    await this.world.drain(this.world.newLane());
  }

  ask(query: string, variables: object = {}): Promise<Answer> {
    return this.api.query(this.key, query, variables);
  }

  /** Throws where it was refused. */
  async do(query: string, variables: object = {}): Promise<Answer['data']> {
    const answer = await this.ask(query, variables);
    if (answer.codes.length > 0) throw new Error(`${answer.codes.join()}: ${answer.messages.join()}`);
    return answer.data;
  }

  async idOf(type: string, value: string): Promise<string> {
    const { profile } = await this.do('query ($i: IdentifierInput!) { profile(identifier: $i) { id } }', { i: { type, value } });
    return profile.id;
  }

  async merge(profileIds: readonly string[], more: object = {}): Promise<Merged> {
    const { mergeProfiles } = await this.do(
      'mutation ($i: MergeProfilesInput!) { mergeProfiles(input: $i) { profile { id } merges { id } } }',
      {
        i: { profileIds, ...more },
      },
    );
    return { survivorId: mergeProfiles.profile.id, mergeIds: mergeProfiles.merges.map((merge: { id: string }) => merge.id) };
  }

  async undo(mergeId: string): Promise<string[]> {
    const { undoMerge } = await this.do('mutation ($i: UndoMergeInput!) { undoMerge(input: $i) { profiles { id } } }', { i: { mergeId } });
    return undoMerge.profiles.map((profile: { id: string }) => profile.id);
  }

  async split(profileId: string, ...identifiers: { type: string; value: string }[]): Promise<{ remaining: string; separated: string }> {
    const { splitProfile } = await this.do(
      'mutation ($i: SplitProfileInput!) { splitProfile(input: $i) { remaining { id } separated { id } } }',
      { i: { profileId, identifiers } },
    );
    return { remaining: splitProfile.remaining.id, separated: splitProfile.separated.id };
  }

  /** The latest merge that the profile took part in. */
  async lastMergeOf(profileId: string): Promise<string> {
    const { profile } = await this.do('query ($id: ID!) { profile(id: $id) { merges { id } } }', { id: profileId });
    return profile.merges[0].id;
  }

  /**
   * Everything that anybody can read of anybody, as one text: every profile with every field, every trait with what lost, every page of its timeline,
   * what every id and every identifier answers, and what is found.
   */
  async dump(): Promise<string> {
    const rows = await this.world.query<{ type: string; value: string }>(
      'select type, value from identifier where workspace_id = 1 order by type, value',
    );
    const ids = await this.world.query<{ id: string }>(
      `select 'prf_' || replace(profile_id::text, '-', '') as id from profile where workspace_id = 1 order by 1`,
    );
    const found = await Promise.all(
      rows.map(({ type, value }) => this.do('query ($i: IdentifierInput!) { profile(identifier: $i) { id } }', { i: { type, value } })),
    );
    const answers = await Promise.all(
      ids.map(({ id }) => this.do(`query ($id: ID!) { profile(id: $id) { id } }`, { id }).then(({ profile }) => [id, profile.id] as const)),
    );
    const living = [...new Set<string>(found.map(({ profile }) => profile.id))];
    expect(new Set(answers.map(([, id]) => id))).toEqual(new Set(living));
    const isLiving = ([id, answer]: readonly [string, string]) => Number(id === answer);
    answers.sort(
      (one, other) => living.indexOf(one[1]) - living.indexOf(other[1]) || isLiving(other) - isLiving(one) || (one[0] < other[0] ? -1 : 1),
    );
    const pages = await Promise.all(living.map((id) => this.page(id)));
    const searches = await Promise.all(
      [...rows.map(({ value }) => value), 'ada', 'grace'].map((text) =>
        this.do('query ($text: String!) { searchProfiles(text: $text, first: 50) { nodes { id } } }', { text }),
      ),
    );
    return JSON.stringify({ found, answers, pages, searches }, null, 1);
  }

  private async page(id: string): Promise<object> {
    const { profile } = await this.do(`query ($id: ID!) { profile(id: $id) { ${PROFILE} } }`, { id });
    const keys = Object.keys(profile.traits);
    const asked = keys.map((_, index) => `t${index}: trait(key: $k${index}) { ${TRAIT} }`).join(' ');
    const names = keys.map((_, index) => `, $k${index}: String!`).join('');
    const values = Object.fromEntries(keys.map((key, index) => [`k${index}`, key]));
    const traits = keys.length > 0 ? await this.do(`query ($id: ID!${names}) { profile(id: $id) { ${asked} } }`, { id, ...values }) : null;
    return { profile, traits, timeline: await this.timeline(id) };
  }

  private async timeline(id: string): Promise<object[]> {
    const pages: object[] = [];
    for (let after: string | null = null; ; ) {
      const { profile }: Answer['data'] = await this.do(
        `query ($id: ID!, $after: String) { profile(id: $id) { timeline(first: ${PAGE}, after: $after) {
          totalCount pageInfo { hasNextPage hasPreviousPage startCursor endCursor } edges { cursor node { ${INTERACTION} } } } } }`,
        { id, after },
      );
      pages.push(profile.timeline);
      if (!profile.timeline.pageInfo.hasNextPage) return pages;
      after = profile.timeline.pageInfo.endCursor;
    }
  }
}

/** The same with profiles named in the order in which they come, to compare two workspaces. */
export function withoutIds(dump: string): string {
  const names = new Map<string, string>();
  return dump.replace(/prf_[0-9a-f]{32}/g, (id) => {
    const name = names.get(id) ?? `profile ${names.size + 1}`;
    names.set(id, name);
    return name;
  });
}

let messages = 0;
/** A message of its own; `minute` of 1 March 2026. */
export function aMessage(minute: number, fields: object): object {
  const timestamp = new Date(Date.UTC(2026, 2, 1, 0, minute)).toISOString();
  return { type: 'track', event: 'Something Done', messageId: `m${++messages}`, timestamp, ...fields };
}

/** Says a customer's address, name and plan. */
export function anIdentify(minute: number, userId: string, traits: object): object {
  return aMessage(minute, { type: 'identify', userId, traits });
}

export const email = (address: string) => ({ context: { traits: { email: address } } });
