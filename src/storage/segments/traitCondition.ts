import type { SurvivorshipRules } from '../../profile/survivorship';
import type { Condition } from '../../segments/definition';
import { comparisonSql, comparisonTurnSql, holdsOfNothing, memberSql } from './comparisonSql';
import type { ConditionRows, Reading } from './readingContext';
import type { SqlParameters } from './sqlParameters';

/** Later than every place in a list. */
const TRUSTED_LEAST = '2147483647';
const LATEST_FIRST = [
  `(said.observed ->> 2)::float8 desc`,
  `(said.observed ->> 3) collate "C" desc`,
  `(said.observed ->> 1)::integer desc`,
];
const EARLIEST_FIRST = [`(said.observed ->> 2)::float8`, `(said.observed ->> 3) collate "C"`, `(said.observed ->> 1)::integer`];

/** A query of what of a state, a row `state`, may win; and in which order it does. `observed`: [value, source, at, message]. */
interface Winning {
  readonly candidates: string;
  readonly order: readonly string[];
}

/** A trait as survivorship resolves it, by the texts of `encodeTraitState`. Null where a rule takes more than one look: MOST_FREQUENT, UNION. */
export function traitCondition({ path, comparison }: Extract<Condition, { type: 'trait' }>, reading: Reading): ConditionRows | null {
  const { context, parameters, workspace } = reading;
  const [key = '', ...members] = path;
  const winning = winningOf(key, context.survivorship, false, parameters);
  if (winning === null) return null;
  const turn = comparisonTurnSql('resolved.value', comparison, context.nowMs, parameters) ?? 'null::timestamptz';
  return {
    sql: `
  select resolved.profile_id, ${comparisonSql('resolved.value', comparison, context.nowMs, parameters)} as holds, ${turn} as wake_at
  from (
    select distinct on (said.profile_id) said.profile_id, ${memberSql('(said.observed -> 0)', members, parameters)} as value
    from (
      select told.*, count(*) over (partition by told.profile_id) as candidates
      from (
        select member.profile_id, candidate.observed
        from member
        join trait_state as state on state.workspace_id = ${workspace} and state.identifier_id = member.identifier_id
        cross join lateral (${winning.candidates}) as candidate
        offset 0
      ) as told
      where told.observed is not null
    ) as said
    order by said.profile_id, ${winning.order.map(whereSeveral).join(', ')}
  ) as resolved`,
    otherwise: holdsOfNothing(comparison),
  };
}

/** Most profiles have one candidate, and reading JSON is what costs. */
function whereSeveral(key: string): string {
  const [, value, direction] = /^(.*?)( desc)?$/.exec(key) as unknown as [string, string, string | undefined];
  return `case when said.candidates > 1 then ${value} end${direction ?? ''}`;
}

/** The value of a trait of one account, a row `state`: a query of one value. Null where a rule can't be read. */
export function accountTraitSql(path: readonly string[], rules: SurvivorshipRules, parameters: SqlParameters): string | null {
  const [key = '', ...members] = path;
  const winning = winningOf(key, rules, true, parameters);
  if (winning === null) return null;
  return `
      select ${memberSql('(said.observed -> 0)', members, parameters)} as value
      from (${winning.candidates}) as said
      where said.observed is not null
      order by ${winning.order.join(', ')}
      limit 1`;
}

/** `isOne`: of one state alone, in which MOST_FREQUENT answers what was said last. */
function winningOf(key: string, rules: SurvivorshipRules, isOne: boolean, parameters: SqlParameters): Winning | null {
  const { rule, sources = [] } = Object.hasOwn(rules, key) ? (rules[key] as SurvivorshipRules[string]) : { rule: 'MOST_RECENT' as const };
  const at = (...path: string[]) => `state.traits #> ${parameters.add([key, ...path], 'text[]')}`;
  const latest = () => ({ candidates: `select ${at('r', '0')} as observed offset 0`, order: LATEST_FIRST });
  switch (rule) {
    case 'MOST_RECENT':
      return latest();
    case 'FIRST_SEEN':
      return { candidates: `select coalesce(${at('f')}, ${at('r', '0')}) as observed offset 0`, order: EARLIEST_FIRST };
    case 'SOURCE_PRIORITY': {
      const trust = `coalesce(array_position(${parameters.add(sources, 'integer[]')}, (said.observed ->> 1)::integer), ${TRUSTED_LEAST})`;
      const each = `coalesce(${at('s')}, json_build_array(${at('r', '0')}))`;
      return {
        candidates: `select item.value as observed from json_array_elements(${each}) as item where json_typeof(item.value) = 'array'`,
        order: [trust, ...LATEST_FIRST],
      };
    }
    case 'MOST_FREQUENT':
      return isOne ? latest() : null;
    case 'UNION':
      return null;
  }
}
