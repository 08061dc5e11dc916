import type { ClientBase } from 'pg';
import type { JsonObject } from '../../kernel/json';
import { DEPARTMENTS, type Department } from '../../kernel/vocabulary';
import { type Statement, send } from './statement';

/** One row: the workspace with its sources. */
const LOAD_WORKSPACE_SETTINGS: Statement = {
  name: 'load_workspace_settings',
  text: `
select w.default_country, w.settings,
  (select coalesce(json_agg(json_build_array(s.source_id, s.department, s.type)), '[]') from source s where s.workspace_id = w.workspace_id) as sources
from workspace w where w.workspace_id = $1`,
};

export interface StoredWorkspaceSettings {
  readonly defaultCountry: string;
  readonly settings: JsonObject;
  readonly sources: ReadonlyMap<number, { readonly department: Department; readonly type: string }>;
}

interface Row {
  default_country: string;
  settings: JsonObject;
  sources: [sourceId: number, department: number, type: string][];
}

export async function loadWorkspaceSettings(client: ClientBase, workspaceId: number): Promise<StoredWorkspaceSettings> {
  const [row] = await send<Row>(client, LOAD_WORKSPACE_SETTINGS, [workspaceId]);
  if (!row) throw new Error(`There is no workspace ${workspaceId}.`);
  const sources = row.sources.map(([id, department, type]) => [id, { department: DEPARTMENTS[department] as Department, type }] as const);
  return { defaultCountry: row.default_country, settings: row.settings, sources: new Map(sources) };
}
