import type { Row, WorkspaceConnections } from '../workspaceConnections';
import { isIn } from './reportPeriod';
import type { Statement } from './statement';

/** Grain: one row a department that anybody has judged in the period, itself or its customers. No locks. */
const PERCEPTIONS: Statement = {
  name: 'report_perceptions',
  text: `
select p.department, avg(p.score) filter (where p.is_internal), count(*) filter (where p.is_internal)::integer,
  avg(p.score) filter (where not p.is_internal), count(*) filter (where not p.is_internal)::integer
from perception p
where p.workspace_id = $1 and p.at >= $2 and p.at < $3 and ($4::smallint is null or p.department = $4) and ${isIn('p.profile_id', '$5')}
group by p.department
order by p.department`,
};

/** Grain: one row a pair, of the customers whose case began in the period and before $4. No locks. */
const INFLUENCE: Statement = {
  name: 'report_influence',
  text: `
select c.pair, count(*) filter (where c.has_signal)::integer, count(*) filter (where c.has_signal and c.has_outcome)::integer,
  count(*) filter (where not c.has_signal)::integer, count(*) filter (where not c.has_signal and c.has_outcome)::integer
from influence_case c
where c.workspace_id = $1 and c.at >= $2 and c.at < $3 and c.at <= $4 and ${isIn('c.profile_id', '$5')}
group by c.pair`,
};

/** Means on 0 to 100; null where nobody has said anything. */
export interface DepartmentPerceptions {
  /** Index into the vocabulary. */
  readonly department: number;
  readonly internalMean: number | null;
  readonly internalScores: number;
  readonly customerMean: number | null;
  readonly customerScores: number;
}

/** Customers of one of `INFLUENCE_PAIRS`. */
export interface PairCounts {
  readonly pair: string;
  readonly customersWith: number;
  readonly outcomesWith: number;
  readonly customersWithout: number;
  readonly outcomesWithout: number;
}

/** Half-open. */
interface Period {
  readonly fromMs: number;
  readonly toMs: number;
  /** Only of those who are in this segment now; null: of all. */
  readonly segmentId: string | null;
}

/** What the company says of its departments, and what customers say of them. `department`: index into the vocabulary, or null for all. */
export async function reportPerceptions(
  connections: WorkspaceConnections,
  workspaceId: number,
  { fromMs, toMs, department, segmentId }: Period & { readonly department: number | null },
): Promise<readonly DepartmentPerceptions[]> {
  type Perceptions = Row & readonly [number, number | null, number, number | null, number];
  const rows = await connections.run<Perceptions>(workspaceId, PERCEPTIONS, [
    workspaceId,
    new Date(fromMs),
    new Date(toMs),
    department,
    segmentId,
  ]);
  return rows.map(([ofDepartment, internalMean, internalScores, customerMean, customerScores]) => {
    return { department: ofDepartment, internalMean, internalScores, customerMean, customerScores };
  });
}

/** `begunByMs`: of cases begun later the time for the outcome is not over (`INFLUENCE_WITHIN_DAYS` before now). */
export async function reportInfluence(
  connections: WorkspaceConnections,
  workspaceId: number,
  { fromMs, toMs, begunByMs, segmentId }: Period & { readonly begunByMs: number },
): Promise<readonly PairCounts[]> {
  type Counts = Row & readonly [string, number, number, number, number];
  const values = [workspaceId, new Date(fromMs), new Date(toMs), new Date(begunByMs), segmentId];
  const rows = await connections.run<Counts>(workspaceId, INFLUENCE, values);
  return rows.map(([pair, customersWith, outcomesWith, customersWithout, outcomesWithout]) => {
    return { pair, customersWith, outcomesWith, customersWithout, outcomesWithout };
  });
}
