import type { ClientBase } from 'pg';
import type { ChangeReach } from '../../identity/ruleChange';
import { type Call, type Statement, send } from './statement';

/** How far the profiles of a workspace have been resolved anew since its rules were changed last. */
export interface RuleChangeProgress {
  readonly version: number;
  readonly reach: ChangeReach;
  readonly isFinished: boolean;
  /** Profiles are looked at in the order of their ids, up to this one so far; null at the start of a round. */
  readonly resolvedTo: string | null;
  /** How often it has begun with the first profile; 1 is the first. */
  readonly round: number;
  /** This round has found no outdated profile yet; the first such round is the last. */
  readonly isCleanRound: boolean;
  /** In the first round. */
  readonly profilesExamined: number;
}

/**
 * One row a workspace: the rules, and that profiles are to be resolved anew under them. A change in the middle of another one replaces it and reaches
 * as far as both. To be run holding the lane.
 */
const START_RULE_CHANGE: Statement = {
  name: 'start_rule_change',
  text: `
with changed as (
  update workspace set settings = workspace.settings || jsonb_build_object('identityRules', $2::jsonb)
  where workspace.workspace_id = $1
),
total as (
  select count(*) as profiles from profile where profile.workspace_id = $1 and profile.merged_into is null
)
insert into rule_change (
  workspace_id, version, reach, started_at, finished_at, resolved_to, round, is_clean_round, profiles_examined,
  profiles_total)
select $1, 1, $3, $4, null, null, 1, true, 0, total.profiles
from total
on conflict (workspace_id) do update set
  version = rule_change.version + 1,
  reach = case when rule_change.finished_at is null and rule_change.reach = 'ANY' then 'ANY' else excluded.reach end,
  started_at = excluded.started_at,
  finished_at = null,
  resolved_to = null,
  round = 1,
  is_clean_round = true,
  profiles_examined = 0,
  profiles_total = excluded.profiles_total`,
};

/** In the transaction of the batch that brought it this far. */
const ADVANCE_RULE_CHANGE: Statement = {
  name: 'advance_rule_change',
  text: `
update rule_change set
  resolved_to = $3::uuid,
  round = $7,
  is_clean_round = $4,
  profiles_examined = $5::bigint,
  profiles_total = case when $6::timestamptz is null then greatest(rule_change.profiles_total, $5::bigint) else $5::bigint end,
  finished_at = $6::timestamptz
where rule_change.workspace_id = $1 and rule_change.version = $2`,
};

/** `rules`: JSON text. */
export async function startRuleChange(
  client: ClientBase,
  workspaceId: number,
  change: { readonly rules: string; readonly reach: ChangeReach; readonly atMs: number },
): Promise<void> {
  await send(client, START_RULE_CHANGE, [workspaceId, change.rules, change.reach, new Date(change.atMs)]);
}

export function advanceRuleChange(workspaceId: number, progress: RuleChangeProgress, nowMs: number): Call {
  const { version, resolvedTo, round, isCleanRound, profilesExamined, isFinished } = progress;
  return {
    statement: ADVANCE_RULE_CHANGE,
    values: [workspaceId, version, resolvedTo, isCleanRound, profilesExamined, isFinished ? new Date(nowMs) : null, round],
  };
}
