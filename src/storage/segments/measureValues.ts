import { DEVICE_TYPES } from '../../measures/knownSince';
import type { LifecycleStage } from '../../measures/lifecycle';
import { MEASURES, type MeasureName } from '../../segments/measureNames';
import type { Reading } from './readingContext';

type RowMeasure = { [Name in MeasureName]: (typeof MEASURES)[Name]['from'] extends 'rows' ? Name : never }[MeasureName];
/** These move with now at every profile, so conditions read when it was seen instead. */
export type SeenMeasure = 'lastSeenDaysAgo' | 'firstSeenDaysAgo';
export type StoredMeasure = Exclude<RowMeasure, SeenMeasure>;

const WITHOUT_FACTS: Readonly<Record<'known' | 'unknown', LifecycleStage>> = { known: 'AWARE', unknown: 'ANONYMOUS' };

export function isStored(measure: MeasureName): measure is StoredMeasure {
  return MEASURES[measure].from === 'rows' && measure !== 'lastSeenDaysAgo' && measure !== 'firstSeenDaysAgo';
}

/**
 * A query of (profile_id, value, next_at), one row a profile of the page: what the rows that evaluation keeps say, as JSON; null where nothing. `next_at`:
 * when time alone changes it, at the earliest. The one reading of these measures, for conditions and for what is evaluated in memory.
 */
export function measureValuesSql(measure: StoredMeasure, reading: Reading): string {
  return MEASURE_SQL[measure](reading);
}

type Sql = (reading: Reading) => string;

const MEASURE_SQL: Readonly<Record<StoredMeasure, Sql>> = {
  'nps.latest': (reading) => survey('nps', 'latest', reading),
  'nps.average': (reading) => survey('nps', 'average', reading),
  'csat.latest': (reading) => survey('csat', 'latest', reading),
  'csat.average': (reading) => survey('csat', 'average', reading),
  'ces.latest': (reading) => survey('ces', 'latest', reading),
  'ces.average': (reading) => survey('ces', 'average', reading),
  orders: (reading) => ofCustomer('coalesce(customer.orders, 0)', reading),
  revenue: (reading) => ofCustomer('customer.revenue::float8', reading),
  averageOrderValue: averageOrderValue,
  openConversations: (reading) => counted('conversation', `count(*) filter (where counted.status not in ('SOLVED', 'CLOSED'))`, reading),
  reopens: (reading) => counted('conversation', 'sum(counted.reopens)', reading),
  openFriction: (reading) => counted('friction_signal', 'count(*) filter (where counted.resolved_at is null)', reading),
  lifecycleStage: lifecycleStage,
};

/** As `surveyScore` among the measures: valid answers so far on the scale of the latest; the old CES is another question. */
function survey(name: string, figure: 'latest' | 'average', { context, parameters, workspace }: Reading): string {
  const now = parameters.time(context.nowMs);
  const value =
    figure === 'latest' ? 'min(answer.score) filter (where answer.place = 1)' : 'avg(answer.score::numeric) filter (where answer.is_alike)';
  return `
  select answer.profile_id, to_json((${value})::float8) as value, min(answer.answered_at) filter (where answer.answered_at > ${now}) as next_at
  from (
    select ranked.*, ranked.place is not null and (ranked.scale_min, ranked.scale_max) = (
        first_value(ranked.scale_min) over newest_first, first_value(ranked.scale_max) over newest_first) as is_alike
    from (
      select page.profile_id, a.score, a.scale_min, a.scale_max, a.answered_at, a.interaction_id,
        case when a.answered_at <= ${now} then row_number() over (
          partition by page.profile_id order by a.answered_at > ${now}, a.answered_at desc, a.interaction_id desc) end as place
      from page
      join survey_answer as a on a.workspace_id = ${workspace} and a.profile_id = page.profile_id
      where a.survey = ${parameters.text(name)} and a.is_valid and a.version is distinct from '1.0'
    ) as ranked
    window newest_first as (partition by ranked.profile_id order by ranked.place)
  ) as answer
  group by answer.profile_id`;
}

function ofCustomer(value: string, { workspace }: Reading): string {
  return `
  select page.profile_id, to_json(${value}) as value, null::timestamptz as next_at
  from page
  left join customer on customer.workspace_id = ${workspace} and customer.profile_id = page.profile_id`;
}

/** Of the customer's own main currency: revenue by the orders in it that were not cancelled. */
function averageOrderValue({ workspace }: Reading): string {
  return `
  select page.profile_id, to_json((min(customer.revenue) / nullif(count(*), 0))::float8) as value, null::timestamptz as next_at
  from page
  join customer on customer.workspace_id = ${workspace} and customer.profile_id = page.profile_id
  join customer_order as o on o.workspace_id = ${workspace} and o.profile_id = page.profile_id and o.currency = customer.currency
    and o.status <> 'CANCELLED'
  group by page.profile_id`;
}

function counted(table: string, number: string, { workspace }: Reading): string {
  return `
  select page.profile_id, to_json(coalesce(told.number, 0)) as value, null::timestamptz as next_at
  from page
  left join (
    select counted.profile_id, ${number} as number
    from ${table} as counted
    join page on page.profile_id = counted.profile_id
    where counted.workspace_id = ${workspace}
    group by counted.profile_id
  ) as told on told.profile_id = page.profile_id`;
}

/** Evaluation keeps no row of those without facts: an identifier alone says whether they are known. */
function lifecycleStage({ context, parameters, workspace }: Reading): string {
  const now = parameters.time(context.nowMs);
  return `
  select page.profile_id,
    to_json(coalesce(customer.stage, case when known.since <= ${now} then '${WITHOUT_FACTS.known}' else '${WITHOUT_FACTS.unknown}' end)) as value,
    case when customer.stage is null and known.since > ${now} then known.since end as next_at
  from page
  left join customer on customer.workspace_id = ${workspace} and customer.profile_id = page.profile_id
  left join (
    select member.profile_id, min(i.first_seen_at) as since
    from member
    join identifier as i on i.workspace_id = ${workspace} and i.identifier_id = member.identifier_id
    where i.type <> all (${parameters.add(DEVICE_TYPES, 'text[]')})
    group by member.profile_id
  ) as known on known.profile_id = page.profile_id`;
}
