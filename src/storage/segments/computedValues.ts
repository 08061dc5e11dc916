import type { ComputedTraitDefinition } from '../../segments/computedTrait';
import { eventRowsSql } from './eventRows';
import type { Reading } from './readingContext';

/** A list has no more. */
const MOST_UNIQUE = 1_000;
const LARGEST_DOUBLE = '1.7976931348623157e308';

const IN_ORDER = 'entry.occurred_at, entry.interaction_id';
const NUMBERS = `json_typeof(entry.value) = 'number'`;
/** As decimals, so that a sum does not depend on the order; and never beyond what a double holds. */
const NUMBER = 'json_number(entry.value)::text::numeric';
const asDouble = (decimal: string) =>
  `to_json((case when ${decimal} is not null then least(greatest(${decimal}, -${LARGEST_DOUBLE}), ${LARGEST_DOUBLE}) end)::float8)`;
const endOf = (order: string) => `(array_agg(entry.value order by ${order}))[1]`;

/**
 * A query of (profile_id, value, next_at), one row for each profile of the page that has interactions it is counted from: the trait as JSON, null where
 * it has no value; and when time alone may change it next. The one reading of computed traits, for profiles and for conditions.
 */
export function computedValuesSql({ aggregate, event, property, withinMs }: ComputedTraitDefinition, reading: Reading): string {
  const { context, parameters } = reading;
  const afterMs = withinMs === null ? null : context.nowMs - withinMs;
  const now = parameters.time(context.nowMs);
  const present = property === null ? '' : 'where noted.value is not null';
  const rows = `select * from (${eventRowsSql({ event, property, afterMs }, reading)}) as noted ${present}`;
  const goes =
    withinMs === null ? 'null' : `min(entry.occurred_at) filter (where entry.occurred_at <= ${now}) + ${parameters.span(withinMs)}`;
  const next = `least(min(entry.occurred_at) filter (where entry.occurred_at > ${now}), ${goes})`;
  if (aggregate === 'mostFrequent' || aggregate === 'uniqueList') return distinctValues(aggregate, rows, now, next);
  return `
  select entry.profile_id, ${AGGREGATES[aggregate](`filter (where entry.occurred_at <= ${now}`)} as value, ${next} as next_at
  from (${rows}) as entry
  group by entry.profile_id`;
}

type Plain = Exclude<ComputedTraitDefinition['aggregate'], 'mostFrequent' | 'uniqueList'>;

const AGGREGATES: Readonly<Record<Plain, (past: string) => string>> = {
  count: (past) => `to_json(count(*) ${past}))`,
  sum: (past) => asDouble(`sum(${NUMBER}) ${past} and ${NUMBERS})`),
  average: (past) => asDouble(`avg(${NUMBER}) ${past} and ${NUMBERS})`),
  minimum: (past) => `to_json(min(json_number(entry.value)) ${past} and ${NUMBERS}))`,
  maximum: (past) => `to_json(max(json_number(entry.value)) ${past} and ${NUMBERS}))`,
  first: (past) => `(array_agg(entry.value order by ${IN_ORDER}) ${past}))[1]`,
  last: (past) => `(array_agg(entry.value order by entry.occurred_at desc, entry.interaction_id desc) ${past}))[1]`,
};

/** Values are the same where they are equal as JSON, whatever the order of their keys. */
function distinctValues(aggregate: 'mostFrequent' | 'uniqueList', rows: string, now: string, next: string): string {
  const [own, of] =
    aggregate === 'mostFrequent'
      ? [
          endOf('entry.occurred_at desc, entry.interaction_id desc'),
          `(array_agg(said.value order by said.times desc, said.last_at desc, said.last_id desc))[1]`,
        ]
      : [endOf(IN_ORDER), `json_agg(said.value order by said.first_at, said.first_id) filter (where said.place <= ${MOST_UNIQUE})`];
  return `
  select turned.profile_id, listed.value, turned.next_at
  from (select entry.profile_id, ${next} as next_at from (${rows}) as entry group by entry.profile_id) as turned
  left join (
    select said.profile_id, ${of} as value
    from (
      select grouped.*, row_number() over (partition by grouped.profile_id order by grouped.first_at, grouped.first_id) as place
      from (
        select entry.profile_id, ${own} as value, count(*) as times,
          min(entry.occurred_at) as first_at, (array_agg(entry.interaction_id order by ${IN_ORDER}))[1] as first_id,
          max(entry.occurred_at) as last_at, (array_agg(entry.interaction_id order by entry.occurred_at desc, entry.interaction_id desc))[1] as last_id
        from (${rows}) as entry
        where entry.occurred_at <= ${now}
        group by entry.profile_id, entry.value::jsonb
      ) as grouped
    ) as said
    group by said.profile_id
  ) as listed on listed.profile_id = turned.profile_id`;
}
