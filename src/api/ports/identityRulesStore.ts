import type { IdentityRules } from '../../identity/rules';

/** What other rules would do to the profiles that there are. */
export interface RulesPreview {
  /** Profiles that would become part of another one. */
  readonly profilesMerging: number;
  /** Profiles whose identifiers would no longer be one customer. */
  readonly profilesParting: number;
  readonly profilesExamined: number;
  readonly profilesTotal: number;
}

/** Who changes something, for the audit log. */
export interface RulesAuthor {
  readonly actor: string;
  readonly auditId: string;
  readonly atMs: number;
}

export interface IdentityRulesStore {
  /** Answers the rules in force; the same ones again change nothing. Profiles are resolved anew in the background. */
  setRules(workspaceId: number, rules: IdentityRules, author: RulesAuthor): Promise<IdentityRules>;
  /** Changes nothing. Stops after some seconds: then fewer are examined than there are. */
  previewRules(workspaceId: number, rules: IdentityRules): Promise<RulesPreview>;
}
