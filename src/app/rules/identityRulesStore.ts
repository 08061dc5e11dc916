import type { IdentityRulesStore } from '../../api/ports/identityRulesStore';
import { Refusal } from '../../kernel/refusals';
import { countProfiles } from '../../storage/statements/listProfiles';
import type { WorkspaceConnections } from '../../storage/workspaceConnections';
import { changeRules } from './changeRules';
import { type PreviewOptions, previewRules } from './previewRules';

/** Each holds a connection for as long as it takes. */
const MOST_PREVIEWS = 2;

export function identityRulesStore(connections: WorkspaceConnections, options: PreviewOptions): IdentityRulesStore {
  let previews = 0;
  return {
    setRules: (workspaceId, rules, author) => changeRules(options.pool, workspaceId, rules, author),
    previewRules: async (workspaceId, rules) => {
      if (previews >= MOST_PREVIEWS) throw new Refusal('CONFLICT', 'Other previews are being computed; ask again in some seconds.');
      previews++;
      try {
        const profilesTotal = await countProfiles(connections, workspaceId);
        const preview = await previewRules(options, workspaceId, rules);
        return { ...preview, profilesTotal: Math.max(profilesTotal, preview.profilesExamined) };
      } finally {
        previews--;
      }
    },
  };
}
