import type { Condition } from '../../segments/definition';
import { newest, windowMoments } from './countCondition';
import { eventRowsSql } from './eventRows';
import type { ConditionRows, Reading } from './readingContext';

/**
 * Different interactions that match the events in their order. Of each step the earliest after that of the step before is as good as any: whoever has a
 * sequence has this one.
 */
export function sequenceCondition({ events, window }: Extract<Condition, { type: 'sequence' }>, reading: Reading): ConditionRows {
  const { context, parameters } = reading;
  const afterMs = window.withinMs === null ? null : context.nowMs - window.withinMs;
  const { isIn, comes, firstGoes } = windowMoments('entry.occurred_at', window, context.nowMs, parameters);
  const steps = events.map(
    (event, step) => `
  rows_${step} as materialized (${newest(eventRowsSql({ event, property: null, afterMs }, reading))}),
  step_${step} as (
    select distinct on (entry.profile_id) entry.profile_id, entry.occurred_at, entry.interaction_id
    from rows_${step} as entry ${step === 0 ? '' : AFTER(step)}
    where ${isIn}
    order by entry.profile_id, entry.occurred_at, entry.interaction_id
  )`,
  );
  const all = events.map((_, step) => `select * from rows_${step}`).join(' union all ');
  return {
    sql: `
  with ${steps.join(',')}
  select entry.profile_id, done.profile_id is not null as holds,
    case when done.profile_id is not null then ${firstGoes()} else ${comes()} end as wake_at
  from (${all}) as entry
  left join step_${events.length - 1} as done on done.profile_id = entry.profile_id
  group by entry.profile_id, done.profile_id`,
    otherwise: false,
  };
}

const AFTER = (step: number): string => `
    join step_${step - 1} as before on before.profile_id = entry.profile_id
      and (before.occurred_at, before.interaction_id) < (entry.occurred_at, entry.interaction_id)`;
