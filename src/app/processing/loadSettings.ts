import type { ClientBase } from 'pg';
import { identityRulesFromJson } from '../../identity/rules';
import { loadWorkspaceSettings } from '../../storage/statements/loadWorkspaceSettings';
import type { WorkspaceSettings } from './prepareMessages';

/** What the workspace has configured, with the defaults where it has not. */
export async function loadSettings(reader: ClientBase, workspaceId: number): Promise<WorkspaceSettings> {
  const { settings, ...stored } = await loadWorkspaceSettings(reader, workspaceId);
  return { ...stored, rules: identityRulesFromJson(settings.identityRules) };
}
