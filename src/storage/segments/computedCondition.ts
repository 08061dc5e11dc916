import type { Condition } from '../../segments/definition';
import { comparisonSql, comparisonTurnSql, holdsOfNothing } from './comparisonSql';
import { computedValuesSql } from './computedValues';
import type { ConditionRows, Reading } from './readingContext';

const NOBODY = 'select null::uuid as profile_id, null::boolean as holds, null::timestamptz as wake_at where false';

/** A trait that nobody has defined is absent. */
export function computedCondition({ key, comparison }: Extract<Condition, { type: 'computed' }>, reading: Reading): ConditionRows {
  const { context, parameters } = reading;
  const definition = context.computedTraits.get(key);
  if (definition === undefined) return { sql: NOBODY, otherwise: holdsOfNothing(comparison) };
  const value = definition.aggregate === 'count' ? `coalesce(computed.value, '0')` : 'computed.value';
  const turn = comparisonTurnSql('told.value', comparison, context.nowMs, parameters) ?? 'null';
  return {
    sql: `
  select told.profile_id, ${comparisonSql('told.value', comparison, context.nowMs, parameters)} as holds, least(told.next_at, ${turn}) as wake_at
  from (
    select page.profile_id, ${value} as value, computed.next_at
    from page
    left join (${computedValuesSql(definition, reading)}) as computed on computed.profile_id = page.profile_id
    offset 0
  ) as told`,
    otherwise: holdsOfNothing(comparison),
  };
}
