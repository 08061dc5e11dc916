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
  const verdict = tree.verdict(condition);
  if (verdict === null) return null;
  const joins = tree.names.map((name) => `\n  left join ${name} on ${name}.profile_id = page.profile_id`);
  const told = `told as materialized (
  select page.profile_id, ${verdict.holds} as holds, case when ${verdict.turns} < ${NEVER} then ${verdict.turns} end as wake_at
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

/** Boolean and timestamptz expressions over the parts' rows, neither of them ever null: whether it holds, and until when at least that stays so. */
interface Verdict {
  readonly holds: string;
  readonly turns: string;
}

/** Tells each part once, however often it is asked for. */
class ConditionTree {
  readonly withs: string[] = [];
  readonly names: string[] = [];
  private readonly known = new Map<string, Verdict | null>();
  private readonly within = new Set<string>();

  constructor(private readonly reading: Reading) {}

  verdict(condition: Condition): Verdict | null {
    switch (condition.type) {
      case 'all':
      case 'any':
        return this.joined(condition.type, condition.conditions);
      case 'not': {
        const verdict = this.verdict(condition.condition);
        return verdict && { holds: `(not ${verdict.holds})`, turns: verdict.turns };
      }
      case 'segment':
        return this.once(condition, () => this.segment(condition.key));
      default:
        return this.once(condition, () => this.part(rowsOf(condition, this.reading)));
    }
  }

  /** One that doesn't hold decides `all`, one that holds `any`: until the last of those that decide turns, nothing else makes a difference. */
  private joined(type: 'all' | 'any', conditions: readonly Condition[]): Verdict | null {
    const members = conditions.map((condition) => this.verdict(condition));
    if (members.includes(null)) return null;
    const verdicts = members as Verdict[];
    const holds = `(${[type === 'all' ? 'true' : 'false', ...verdicts.map((verdict) => verdict.holds)].join(type === 'all' ? ' and ' : ' or ')})`;
    if (verdicts.length === 1) return { holds, turns: (verdicts[0] as Verdict).turns };
    const deciding = verdicts.map((verdict) => `case when ${type === 'all' ? 'not ' : ''}${verdict.holds} then ${verdict.turns} end`);
    const first = `least(${["timestamptz 'infinity'", ...verdicts.map((verdict) => verdict.turns)].join(', ')})`;
    return { holds, turns: `coalesce(greatest(${['null::timestamptz', ...deciding].join(', ')}), ${first})` };
  }

  /** One that closes a circle holds of nobody, as in memory. */
  private segment(key: string): Verdict | null {
    const named = this.reading.context.segments.get(key);
    if (named === undefined || this.within.has(key)) return NOBODY;
    if ('memberOf' in named) return this.part(membershipCondition(named.memberOf, this.reading));
    this.within.add(key);
    const verdict = this.verdict(named.condition);
    this.within.delete(key);
    return verdict;
  }

  private once(condition: Condition, tell: () => Verdict | null): Verdict | null {
    const key = JSON.stringify(condition);
    const known = this.known.get(key);
    if (known !== undefined) return known;
    const told = tell();
    this.known.set(key, told);
    return told;
  }

  private part(rows: ConditionRows | null): Verdict | null {
    if (rows === null) return null;
    const name = `part_${this.names.length}`;
    this.names.push(name);
    this.withs.push(`${name} as (${rows.sql}\n)`);
    return { holds: `coalesce(${name}.holds, ${rows.otherwise})`, turns: `coalesce(${name}.wake_at, 'infinity')` };
  }
}

const NOBODY: Verdict = { holds: 'false', turns: `timestamptz 'infinity'` };

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
