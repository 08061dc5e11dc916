import type { ClientBase } from 'pg';
import type { JsonObject } from '../../kernel/json';
import { type Statement, send } from '../statements/statement';

/** One row. To be run holding the lane. */
const WRITE_PRIVACY_SETTINGS: Statement = {
  name: 'write_privacy_settings',
  text: `
update workspace set settings = workspace.settings || jsonb_build_object('privacy', $2::jsonb)
where workspace.workspace_id = $1`,
};

export async function writePrivacySettings(client: ClientBase, workspaceId: number, settings: JsonObject): Promise<void> {
  await send(client, WRITE_PRIVACY_SETTINGS, [workspaceId, JSON.stringify(settings)]);
}
