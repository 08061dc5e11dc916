import type { IdentityRulesStore } from '../../api/ports/identityRulesStore';
import { countProfiles } from '../../storage/statements/listProfiles';
import type { WorkspaceConnections } from '../../storage/workspaceConnections';
import { changeRules } from './changeRules';
import { type PreviewOptions, previewRules } from './previewRules';

export function identityRulesStore(connections: WorkspaceConnections, options: PreviewOptions): IdentityRulesStore {
  return {
    setRules: (workspaceId, rules, author) => changeRules(options.pool, workspaceId, rules, author),
    previewRules: async (workspaceId, rules) => {
      const profilesTotal = await countProfiles(connections, workspaceId);
      const preview = await previewRules(options, workspaceId, rules);
      return { ...preview, profilesTotal: Math.max(profilesTotal, preview.profilesExamined) };
    },
  };
}
