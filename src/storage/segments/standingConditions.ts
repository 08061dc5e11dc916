import type { Condition } from '../../segments/definition';
import { comparisonSql, comparisonTurnSql } from './comparisonSql';
import type { ConditionRows, Reading } from './readingContext';
import { accountTraitSql } from './traitCondition';

/** Granted by an identifier of the profile, and by none of them refused. */
export function consentCondition({ purpose }: Extract<Condition, { type: 'consent' }>, { parameters, workspace }: Reading): ConditionRows {
  return {
    sql: `
  select member.profile_id, bool_and(consent.granted) as holds, null::timestamptz as wake_at
  from member
  join consent on consent.workspace_id = ${workspace} and consent.identifier_id = member.identifier_id
  where consent.purpose = ${parameters.text(purpose)}
  group by member.profile_id`,
    otherwise: false,
  };
}

/** Of one of its accounts. Null where the trait is resolved by a rule that SQL can't read. */
export function accountCondition({ path, comparison }: Extract<Condition, { type: 'account' }>, reading: Reading): ConditionRows | null {
  const { context, parameters, workspace } = reading;
  const value = path === null ? 'select to_json(state.external_id) as value' : accountTraitSql(path, context.survivorship, parameters);
  if (value === null) return null;
  const turn = comparisonTurnSql('told.value', comparison, context.nowMs, parameters) ?? 'null::timestamptz';
  return {
    sql: `
  select told.profile_id, bool_or(${comparisonSql('told.value', comparison, context.nowMs, parameters)}) as holds, min(${turn}) as wake_at
  from (
    select member.profile_id, (${value}) as value
    from member
    join account_member on account_member.workspace_id = ${workspace} and account_member.identifier_id = member.identifier_id
    join account as state on state.workspace_id = ${workspace} and state.account_id = account_member.account_id
    offset 0
  ) as told
  group by told.profile_id`,
    otherwise: false,
  };
}

/** In a segment, by its memberships as they stand. Its own wakes are kept where it is followed. */
export function membershipCondition(segmentId: string, { parameters, workspace }: Reading): ConditionRows {
  return {
    sql: `
  select page.profile_id, true as holds, null::timestamptz as wake_at
  from page
  join segment_membership as membership on membership.workspace_id = ${workspace} and membership.profile_id = page.profile_id
    and membership.segment_id = ${parameters.add(segmentId, 'uuid')}`,
    otherwise: false,
  };
}
