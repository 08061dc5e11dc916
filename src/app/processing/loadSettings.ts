import type { ClientBase } from 'pg';
import { type MatchSettings, matchSettingsFromJson } from '../../identity/matchSettings';
import { identityRulesFromJson } from '../../identity/rules';
import { privacySettingsFromJson } from '../../kernel/privacySettings';
import { loadWorkspaceSettings } from '../../storage/statements/loadWorkspaceSettings';
import type { RuleChangeProgress } from '../../storage/statements/writeRuleChange';
import type { ReplayRule } from './erasedReplays';
import type { WorkspaceSettings } from './prepareMessages';

export interface LoadedSettings extends WorkspaceSettings {
  /** Null where the rules were never changed. */
  readonly ruleChange: RuleChangeProgress | null;
  readonly matching: MatchSettings;
  /** Null where nobody was ever erased. */
  readonly replays: ReplayRule | null;
}

/** What the workspace has configured, with the defaults where it has not. */
export async function loadSettings(reader: ClientBase, workspaceId: number): Promise<LoadedSettings> {
  const { settings, tombstones, ...stored } = await loadWorkspaceSettings(reader, workspaceId);
  const mayReturn = privacySettingsFromJson(settings['privacy']).erasedMayReturn;
  return {
    ...stored,
    rules: identityRulesFromJson(settings['identityRules']),
    matching: matchSettingsFromJson(settings['matching']),
    replays: tombstones && { ...tombstones, mayReturn },
  };
}
