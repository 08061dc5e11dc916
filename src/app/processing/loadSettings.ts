import type { ClientBase } from 'pg';
import { type MatchSettings, matchSettingsFromJson } from '../../identity/matchSettings';
import { identityRulesFromJson } from '../../identity/rules';
import { loadWorkspaceSettings } from '../../storage/statements/loadWorkspaceSettings';
import type { RuleChangeProgress } from '../../storage/statements/writeRuleChange';
import type { WorkspaceSettings } from './prepareMessages';

export interface LoadedSettings extends WorkspaceSettings {
  /** Null where the rules were never changed. */
  readonly ruleChange: RuleChangeProgress | null;
  readonly matching: MatchSettings;
}

/** What the workspace has configured, with the defaults where it has not. */
export async function loadSettings(reader: ClientBase, workspaceId: number): Promise<LoadedSettings> {
  const { settings, ...stored } = await loadWorkspaceSettings(reader, workspaceId);
  return { ...stored, rules: identityRulesFromJson(settings.identityRules), matching: matchSettingsFromJson(settings.matching) };
}
