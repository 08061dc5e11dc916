import type { ClientBase } from 'pg';
import type { RulesInForce } from '../../identity/ruleChange';
import { type IdentityRules, OTHER_TYPES } from '../../identity/rules';
import { type Statement, send } from './statement';

/**
 * One row: which of the next $6 living profiles after $2, in the order of their ids, are outdated, at most $7 of them; up to which profile was
 * looked, and how many were looked at. The condition is `isOutdated`. No locks.
 */
const LOAD_OUTDATED_PROFILES: Statement = {
  name: 'load_outdated_profiles',
  text: `
with page as materialized (
  select profile.profile_id,
    profile.rules_version < $8 and ($3 or profile.contested or exists (
      select
      from jsonb_each_text(profile.type_counts) as held (type, count)
      left join unnest($4::text[], $5::int4[]) as rule (type, limit_per_profile) on rule.type = held.type
      where held.count::int > coalesce(rule.limit_per_profile, case when held.type like '%:%' then held.count::int else $9 end)
    )) as is_outdated
  from profile
  where profile.workspace_id = $1 and profile.merged_into is null and profile.profile_id > $2
  order by profile.profile_id
  limit $6
),
outdated as (
  select page.profile_id from page where page.is_outdated order by page.profile_id limit $7
),
looked_to as (
  (select outdated.profile_id from outdated where (select count(*) from outdated) = $7 order by outdated.profile_id desc limit 1)
  union all
  (select page.profile_id from page where (select count(*) from outdated) < $7 order by page.profile_id desc limit 1)
)
select
  array(select outdated.profile_id::text from outdated order by outdated.profile_id) as outdated,
  (select looked_to.profile_id from looked_to) as looked_to,
  (select count(*)::int from page where page.profile_id <= (select looked_to.profile_id from looked_to)) as looked_at`,
};

export interface OutdatedProfiles {
  readonly outdated: readonly string[];
  /** Null where there are no more profiles. */
  readonly lookedTo: string | null;
  readonly lookedAt: number;
}

export interface OutdatedPage {
  readonly rules: IdentityRules;
  readonly inForce: RulesInForce;
  readonly after: string | null;
  readonly maxLookedAt: number;
  readonly maxOutdated: number;
}

const BEFORE_ALL = '00000000-0000-0000-0000-000000000000';

export async function loadOutdatedProfiles(client: ClientBase, workspaceId: number, page: OutdatedPage): Promise<OutdatedProfiles> {
  const { rules, inForce } = page;
  const [row] = await send<{ outdated: string[]; looked_to: string | null; looked_at: number }>(client, LOAD_OUTDATED_PROFILES, [
    workspaceId,
    page.after ?? BEFORE_ALL,
    inForce.reach === 'ANY',
    rules.all.map((rule) => rule.type),
    rules.all.map((rule) => rule.limitPerProfile),
    page.maxLookedAt,
    page.maxOutdated,
    inForce.version,
    rules.ruleFor(OTHER_TYPES).limitPerProfile,
  ]);
  if (!row) throw new Error('A statement of one row came back without it.');
  return { outdated: row.outdated, lookedTo: row.looked_to, lookedAt: row.looked_at };
}
