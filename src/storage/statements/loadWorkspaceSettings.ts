import type { ClientBase } from 'pg';
import type { ChangeReach } from '../../identity/ruleChange';
import type { JsonObject } from '../../kernel/json';
import { DEPARTMENTS, type Department } from '../../kernel/vocabulary';
import { type Statement, send } from './statement';
import type { RuleChangeProgress } from './writeRuleChange';

/** One row: the workspace with its sources, how far a change of its rules has come, and what replays of who was erased are told by. */
const LOAD_WORKSPACE_SETTINGS: Statement = {
  name: 'load_workspace_settings',
  text: `
select w.default_country, w.settings,
  (select coalesce(json_agg(json_build_array(s.source_id, s.department, s.type, s.settings)), '[]') from source s where s.workspace_id = w.workspace_id) as sources,
  r.version, r.reach, r.finished_at is not null as is_finished, r.resolved_to, r.round, r.is_clean_round, r.profiles_examined::float8 as profiles_examined,
  k.key as tombstone_key, (extract(epoch from k.latest_at) * 1000)::float8 as latest_erasure_ms
from workspace w
left join rule_change r on r.workspace_id = w.workspace_id
left join tombstone_key k on k.workspace_id = w.workspace_id
where w.workspace_id = $1`,
};

export interface StoredWorkspaceSettings {
  readonly defaultCountry: string;
  readonly settings: JsonObject;
  readonly sources: ReadonlyMap<number, { readonly department: Department; readonly type: string; readonly settings: JsonObject }>;
  /** Null where the rules were never changed. */
  readonly ruleChange: RuleChangeProgress | null;
  /** Null where nobody was ever erased. */
  readonly tombstones: TombstoneKey | null;
}

/** What replays are told by. */
export interface TombstoneKey {
  readonly key: Buffer;
  /** Up to when what happened may be erased. */
  readonly latestMs: number;
}

interface Row {
  default_country: string;
  settings: JsonObject;
  sources: [sourceId: number, department: number, type: string, settings: JsonObject][];
  version: number | null;
  reach: ChangeReach;
  is_finished: boolean;
  resolved_to: string | null;
  round: number;
  is_clean_round: boolean;
  profiles_examined: number;
  tombstone_key: Buffer | null;
  latest_erasure_ms: number | null;
}

export async function loadWorkspaceSettings(client: ClientBase, workspaceId: number): Promise<StoredWorkspaceSettings> {
  const [row] = await send<Row>(client, LOAD_WORKSPACE_SETTINGS, [workspaceId]);
  if (!row) throw new Error(`There is no workspace ${workspaceId}.`);
  const sources = row.sources.map(
    ([id, department, type, settings]) => [id, { department: DEPARTMENTS[department] as Department, type, settings }] as const,
  );
  const { tombstone_key: key, latest_erasure_ms: latestMs } = row;
  return {
    defaultCountry: row.default_country,
    settings: row.settings,
    sources: new Map(sources),
    ruleChange: ruleChangeFromRow(row),
    tombstones: key !== null && latestMs !== null ? { key, latestMs } : null,
  };
}

function ruleChangeFromRow(row: Row): RuleChangeProgress | null {
  if (row.version === null) return null;
  return {
    version: row.version,
    reach: row.reach,
    isFinished: row.is_finished,
    resolvedTo: row.resolved_to,
    round: row.round,
    isCleanRound: row.is_clean_round,
    profilesExamined: row.profiles_examined,
  };
}
