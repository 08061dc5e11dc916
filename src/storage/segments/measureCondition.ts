import type { Comparison, Condition } from '../../segments/definition';
import { comparisonSql, holdsOfNothing } from './comparisonSql';
import { isStored, measureValuesSql, type SeenMeasure } from './measureValues';
import type { ConditionRows, Reading } from './readingContext';

const DAY_MS = 86_400_000;

/** Null of measures that are computed from facts in memory. */
export function measureCondition({ measure, comparison }: Extract<Condition, { type: 'measure' }>, reading: Reading): ConditionRows | null {
  if (measure === 'lastSeenDaysAgo' || measure === 'firstSeenDaysAgo') return seenCondition(measure, comparison, reading);
  if (!isStored(measure)) return null;
  return {
    sql: `
  select told.profile_id, ${comparisonSql('told.value', comparison, reading.context.nowMs, reading.parameters)} as holds, told.next_at as wake_at
  from (${measureValuesSql(measure, reading)} offset 0) as told`,
    otherwise: holdsOfNothing(comparison),
  };
}

/** Whole days since an identifier was seen: wakes when the number of days passes one that the comparison names. */
function seenCondition(measure: SeenMeasure, comparison: Comparison, reading: Reading): ConditionRows {
  const { context, parameters, workspace } = reading;
  const seen = measure === 'lastSeenDaysAgo' ? 'max(i.last_seen_at)' : 'min(i.first_seen_at)';
  const now = parameters.time(context.nowMs);
  const days = `greatest(0, floor(extract(epoch from ${now} - seen.at) * 1000 / ${DAY_MS}))`;
  const turns = turningDays(comparison)
    .filter((day) => day > 0)
    .map((day) => {
      const at = `seen.at + ${parameters.span(day * DAY_MS)}`;
      return `case when ${at} > ${now} then ${at} end`;
    });
  return {
    sql: `
  select told.profile_id, ${comparisonSql('told.value', comparison, context.nowMs, parameters)} as holds, told.wake_at
  from (
    select seen.profile_id, to_json(${days}) as value, least(${['null::timestamptz', ...turns].join(', ')}) as wake_at
    from (
      select member.profile_id, ${seen} as at
      from member
      join identifier as i on i.workspace_id = ${workspace} and i.identifier_id = member.identifier_id
      group by member.profile_id
    ) as seen
    offset 0
  ) as told`,
    otherwise: holdsOfNothing(comparison),
  };
}

/** The ages in days at which it may turn. */
function turningDays(comparison: Comparison): number[] {
  switch (comparison.op) {
    case 'eq':
    case 'neq':
    case 'in': {
      const values = comparison.op === 'in' ? comparison.values : [comparison.value];
      return values.flatMap((value) => (typeof value === 'number' && Number.isInteger(value) ? [value, value + 1] : []));
    }
    case 'gte':
    case 'lt':
      return typeof comparison.value === 'number' ? [Math.ceil(comparison.value)] : [];
    case 'gt':
    case 'lte':
      return typeof comparison.value === 'number' ? [Math.floor(comparison.value) + 1] : [];
    default:
      return [];
  }
}
