import type { ClientBase } from 'pg';
import type { JsonObject } from '../../kernel/json';
import { type Statement, send } from './statement';

/** One row. To be run holding the lane. */
const WRITE_EXPERIENCE_SETTINGS: Statement = {
  name: 'write_experience_settings',
  text: `
update workspace set settings = workspace.settings || jsonb_build_object('experience', $2::jsonb)
where workspace.workspace_id = $1`,
};

export async function writeExperienceSettings(client: ClientBase, workspaceId: number, settings: JsonObject): Promise<void> {
  await send(client, WRITE_EXPERIENCE_SETTINGS, [workspaceId, JSON.stringify(settings)]);
}
