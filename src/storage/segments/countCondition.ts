import { countHolds } from '../../segments/countedEvents';
import { type Condition, type CountComparison, MOST_COUNTED, type Window } from '../../segments/definition';
import { eventRowsSql } from './eventRows';
import type { ConditionRows, Reading } from './readingContext';
import type { SqlParameters } from './sqlParameters';

const OPERATORS = { eq: '=', neq: '<>', gt: '>', gte: '>=', lt: '<', lte: '<=' } as const;

/** How many interactions are in the window. */
export function countCondition({ event, count, window }: Extract<Condition, { type: 'event' }>, reading: Reading): ConditionRows {
  const { context, parameters } = reading;
  const { withinMs, olderThanMs } = window;
  const rows = eventRowsSql({ event, property: null, afterMs: withinMs === null ? null : context.nowMs - withinMs }, reading);
  const moments = windowMoments('counted.occurred_at', window, context.nowMs, parameters);
  const number = `count(*) filter (where ${moments.isIn})`;
  const holds = `${number} ${OPERATORS[count.op]} ${parameters.add(count.value, 'integer')}`;
  return {
    sql: `
  select counted.profile_id, ${holds} as holds, ${turnOf(count, number, moments)} as wake_at
  from (${olderThanMs === null ? rows : newest(rows)}) as counted
  group by counted.profile_id`,
    otherwise: countHolds(0, count),
  };
}

/** Those that are looked at in memory, where a profile has more of them. */
export function newest(rows: string): string {
  return `
    select * from (
      select ranked.*, row_number() over (partition by ranked.profile_id order by ranked.occurred_at desc, ranked.interaction_id desc) as place
      from (${rows}) as ranked
    ) as placed
    where placed.place <= ${MOST_COUNTED + 1}`;
}

/** Of interactions at a time: whether they are in the window; and, as SQL, of a group of them when the first comes in next, and when the
 * first or last goes out. What is not asked for takes no parameter. */
export interface WindowMoments {
  readonly isIn: string;
  readonly comes: () => string;
  readonly firstGoes: () => string;
  readonly lastGoes: () => string;
}

export function windowMoments(at: string, { withinMs, olderThanMs }: Window, nowMs: number, parameters: SqlParameters): WindowMoments {
  const upTo = parameters.time(nowMs - (olderThanMs ?? 0));
  const isIn = `${at} <= ${upTo}`;
  const goes = (which: 'min' | 'max') => () =>
    withinMs === null ? 'null::timestamptz' : `${which}(${at}) filter (where ${isIn}) + ${parameters.span(withinMs)}`;
  return {
    isIn,
    comes: () => `min(${at}) filter (where ${at} > ${upTo}) + ${parameters.span(olderThanMs ?? 0)}`,
    firstGoes: goes('min'),
    lastGoes: goes('max'),
  };
}

/** Coming in can only bring about that there are enough, going out only that there are too few. */
function turnOf(count: CountComparison, number: string, { comes, firstGoes, lastGoes }: WindowMoments): string {
  const enough = thresholdOf(count);
  if (enough === null) return `least(${comes()}, ${firstGoes()})`;
  if (enough <= 0) return 'null::timestamptz';
  return `case when ${number} >= ${enough} then ${enough === 1 ? lastGoes() : firstGoes()} else ${comes()} end`;
}

/** From which number on it turns, for good; null where one single number is asked for. */
function thresholdOf({ op, value }: CountComparison): number | null {
  if (op === 'eq' || op === 'neq') return value === 0 ? 1 : null;
  return op === 'gte' || op === 'lt' ? value : value + 1;
}
