import { randomUUID } from 'node:crypto';
import { ApiUnderTest } from './apiUnderTest';
import { type BuiltProfile, WorkspaceBuilder } from './workspaceBuilder';

export interface Exported {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** Of NDJSON. */
  readonly members: readonly Record<string, unknown>[];
}

/** A workspace with segments, and whoever exports them. */
export class ExportWorld {
  private constructor(
    readonly api: ApiUnderTest,
    readonly workspace: WorkspaceBuilder,
    readonly key: string,
  ) {}

  static async start(settings: object = {}): Promise<ExportWorld> {
    const api = await ApiUnderTest.start();
    const workspace = await WorkspaceBuilder.create(api.database.owner, 'Exports', settings);
    return new ExportWorld(api, workspace, await workspace.apiKey());
  }

  /** Answers the segment's id. */
  async segment(key: string, status = 'LIVE'): Promise<string> {
    const segmentId = randomUUID();
    await this.query(
      `insert into segment (workspace_id, segment_id, key, name, definition, status, size, created_at, updated_at) values ($1, $2, $3, $3, '{"all": []}', $4, 0, now(), now())`,
      [this.workspace.workspaceId, segmentId, key, status],
    );
    return segmentId;
  }

  /** Answers the profile's id. */
  async member(segmentId: string, built: BuiltProfile, reason = 'plan is pro'): Promise<string> {
    const profileId = await this.workspace.profile(built);
    await this.query(
      `insert into segment_membership (workspace_id, segment_id, profile_id, entered_at, reason) values ($1, $2, $3, '2026-02-03T04:05:06.789Z', $4)`,
      [this.workspace.workspaceId, segmentId, profileId, reason],
    );
    return profileId;
  }

  /** So many profiles with an e-mail address, a telephone number and a name each, numbered from `from` on; all of them in the segment. */
  async members(segmentId: string, count: number, from = 0): Promise<void> {
    await this.query(
      `with made as materialized (select n, gen_random_uuid() as profile_id from generate_series($3::integer, $3 + $2 - 1) as n),
       profiles as (
         insert into profile (workspace_id, profile_id, contested, identifier_count, type_counts, first_seen_at, created_at)
         select $1, profile_id, false, 2, '{"email": 1, "phone": 1}', now(), now() from made),
       identifiers as (
         insert into identifier (workspace_id, identifier_id, profile_id, first_seen_at, last_seen_at, interactions, source_id, stronger_links, verified, type, value)
         select $1, n * 2 + t.place, profile_id, now(), now(), 1, 1, 0, false, t.type, case t.type when 'email' then 'user' || n || '@example.com' else '+4930' || (1000000 + n) end
         from made cross join (values (0, 'email'), (1, 'phone')) as t (place, type)),
       said as (
         insert into trait_state (workspace_id, identifier_id, traits)
         select $1, n * 2, json_build_object(
           'name', json_build_object('r', json_build_array(json_build_array('User ' || n, 1, 1767225600000, 'm'))),
           'email', json_build_object('r', json_build_array(json_build_array('user' || n || '@example.com', 1, 1767225600000, 'm'))),
           'plan', json_build_object('r', json_build_array(json_build_array('pro', 1, 1767225600000, 'm'))))
         from made)
       insert into segment_membership (workspace_id, segment_id, profile_id, entered_at, reason) select $1, $4, profile_id, now(), 'plan is pro' from made`,
      [this.workspace.workspaceId, count, from, segmentId],
    );
  }

  url(file: string, parameters: Record<string, string> = {}): string {
    return `${new URL(this.api.url).origin}/exports/segments/${file}?${new URLSearchParams(parameters)}`;
  }

  async export(file: string, parameters: Record<string, string> = {}, key: string | null = this.key): Promise<Exported> {
    const answer = await fetch(this.url(file, parameters), { headers: key === null ? {} : { authorization: `Bearer ${key}` } });
    const text = await answer.text();
    const lines = answer.ok && file.endsWith('.ndjson') ? text.split('\n').slice(0, -1) : [];
    return { status: answer.status, headers: answer.headers, text, members: lines.map((line) => JSON.parse(line)) };
  }

  /** Connections that exports hold. */
  async snapshots(): Promise<number> {
    const { rows } = await this.query(
      `select count(*)::integer as count from pg_stat_activity where application_name = 'own' and datname = current_database()`,
    );
    return rows[0].count;
  }

  query(text: string, values: unknown[] = []) {
    return this.api.database.owner.query(text, values);
  }
}
