import type { Condition } from '../../segments/definition';
import { computedCondition } from './computedCondition';
import { countCondition } from './countCondition';
import { measureCondition } from './measureCondition';
import type { ConditionRows, ProfileRange, Reading, ReadingContext } from './readingContext';
import { sequenceCondition } from './sequenceCondition';
import { SqlParameters } from './sqlParameters';
import { accountCondition, consentCondition, membershipCondition } from './standingConditions';
import { traitCondition } from './traitCondition';

export interface SegmentReading {
  /** Common table expressions, of which the last, `told`, has a row (profile_id, holds, wake_at) for each profile of the range. */
  readonly withs: string;
  /** To which more may be added. */
  readonly parameters: SqlParameters;
}

/** A wake later than this is none. */
const NEVER = `timestamptz '9999-01-01'`;

/**
 * Which of the living profiles of a range satisfy a condition at a time, as SQL: every part is told for the whole range at once, in one grouping, and the
 * parts are joined. Null where a part can't be read by SQL: computed measures, traits by MOST_FREQUENT or UNION. Says the same as `evaluateSegments` does
 * of `loadSubjects`, see docs/decisions/segments.md.
 */
export function readingOf(condition: Condition, context: ReadingContext): SegmentReading | null {
  const parameters = new SqlParameters();
  const reading: Reading = { context, parameters, workspace: parameters.add(context.workspaceId, 'integer') };
  const range = rangeWiths(reading);
  const tree = new ConditionTree(reading);
  const holds = tree.holds(condition);
  if (holds === null) return null;
  const wakes = ['null::timestamptz', ...tree.names.map((name) => `${name}.wake_at`)];
  const joins = tree.names.map((name) => `\n  left join ${name} on ${name}.profile_id = page.profile_id`);
  const told = `told as materialized (
  select page.profile_id, ${holds} as holds, nullif(least(${[...wakes, NEVER].join(', ')}), ${NEVER}) as wake_at
  from page${joins.join('')}
)`;
  return { withs: [range, ...tree.withs, told].join(',\n'), parameters };
}

/** As `readingOf`, as a whole statement of (profile_id, wake_at) of those who satisfy it. */
export function segmentReading(condition: Condition, context: ReadingContext): { readonly sql: string; readonly values: unknown[] } | null {
  const reading = readingOf(condition, context);
  if (reading === null) return null;
  return {
    sql: `with ${reading.withs}\nselect told.profile_id, told.wake_at from told where told.holds order by told.profile_id`,
    values: reading.parameters.values,
  };
}

/** `page`: the living profiles of the range. `member`: their identifiers. */
export function rangeWiths({ context: { range }, parameters, workspace }: Reading): string {
  const within = (profileId: string) => boundsSql(range, profileId, parameters);
  return `page as materialized (
  select p.profile_id from profile as p where p.workspace_id = ${workspace} and p.merged_into is null${within('p.profile_id')}
),
member as materialized (
  select i.identifier_id, i.profile_id from identifier as i where i.workspace_id = ${workspace}${within('i.profile_id')}
)`;
}

function boundsSql(range: ProfileRange, profileId: string, parameters: SqlParameters): string {
  if ('profileIds' in range) return ` and ${profileId} = any (${parameters.add(range.profileIds, 'uuid[]')})`;
  const after = range.after === null ? '' : ` and ${profileId} > ${parameters.add(range.after, 'uuid')}`;
  const upTo = range.upTo === null ? '' : ` and ${profileId} <= ${parameters.add(range.upTo, 'uuid')}`;
  return after + upTo;
}

/** Tells each part once, however often it is asked for. */
class ConditionTree {
  readonly withs: string[] = [];
  readonly names: string[] = [];
  private readonly known = new Map<string, string | null>();
  private readonly within = new Set<string>();

  constructor(private readonly reading: Reading) {}

  /** A boolean over the parts' rows, which is never null. */
  holds(condition: Condition): string | null {
    switch (condition.type) {
      case 'all':
        return this.joined(condition.conditions, 'and', 'true');
      case 'any':
        return this.joined(condition.conditions, 'or', 'false');
      case 'not': {
        const holds = this.holds(condition.condition);
        return holds && `not ${holds}`;
      }
      case 'segment':
        return this.once(condition, () => this.segment(condition.key));
      default:
        return this.once(condition, () => this.part(rowsOf(condition, this.reading)));
    }
  }

  private joined(conditions: readonly Condition[], by: 'and' | 'or', neutral: string): string | null {
    const parts = conditions.map((condition) => this.holds(condition));
    return parts.includes(null) ? null : `(${[neutral, ...parts].join(` ${by} `)})`;
  }

  private segment(key: string): string | null {
    const named = this.reading.context.segments.get(key);
    if (named === undefined) return 'false';
    if ('memberOf' in named) return this.part(membershipCondition(named.memberOf, this.reading));
    if (this.within.has(key)) throw new Error(`Segment ${key} is asked for by itself.`);
    this.within.add(key);
    const holds = this.holds(named.condition);
    this.within.delete(key);
    return holds;
  }

  private once(condition: Condition, tell: () => string | null): string | null {
    const key = JSON.stringify(condition);
    const known = this.known.get(key);
    if (known !== undefined) return known;
    const told = tell();
    this.known.set(key, told);
    return told;
  }

  private part(rows: ConditionRows | null): string | null {
    if (rows === null) return null;
    const name = `part_${this.names.length}`;
    this.names.push(name);
    this.withs.push(`${name} as (${rows.sql}\n)`);
    return `coalesce(${name}.holds, ${rows.otherwise})`;
  }
}

type Part = Exclude<Condition, { readonly type: 'all' | 'any' | 'not' | 'segment' }>;

function rowsOf(condition: Part, reading: Reading): ConditionRows | null {
  switch (condition.type) {
    case 'trait':
      return traitCondition(condition, reading);
    case 'computed':
      return computedCondition(condition, reading);
    case 'measure':
      return measureCondition(condition, reading);
    case 'event':
      return countCondition(condition, reading);
    case 'sequence':
      return sequenceCondition(condition, reading);
    case 'consent':
      return consentCondition(condition, reading);
    case 'account':
      return accountCondition(condition, reading);
  }
}
