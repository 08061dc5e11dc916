import type { ClientBase } from 'pg';
import { DIRECTION_CODES } from '../../kernel/vocabularyCodes';
import { Customer } from '../../measures/customer';
import { customerValueOf } from '../../measures/customerValue';
import { healthOf } from '../../measures/health';
import type { MeasureSettings } from '../../measures/settings';
import { usageDays } from '../../measures/usageDays';
import { type FittedValue, readFittedValue } from '../../measures/value/fittedValue';
import type { MeasureName } from '../../segments/measureNames';
import { loadFacts } from '../statements/readFacts';
import type { Statement } from '../statements/statement';
import { readValueModel } from '../statements/writeValueModel';
import { type Row, type WorkspaceConnections, withinTransaction } from '../workspaceConnections';

/** So many of the newest interactions say what a customer does of late. */
const NEWEST = 500;
const DAY_MS = 86_400_000;

/**
 * Grain: one row a profile that has interactions: when those of its newest $5 were that came from the customer, newest first, as milliseconds in a JSON list,
 * and how many there are in all. A profile is a run of identifiers, `first` to `last` (from 1) in the one list of all of them. No locks.
 */
const READ_ACTIVITY: Statement = {
  name: 'read_activity',
  text: `
select profile.ordinal::integer, newest.active, newest.looked_at
from unnest($2::integer[], $3::integer[]) with ordinality as profile (first, last, ordinal)
cross join lateral (
  select json_agg(round(extract(epoch from entry.occurred_at) * 1000) order by entry.occurred_at desc) filter (where entry.direction = $6) as active,
    count(*)::integer as looked_at
  from (
    select candidate.*
    from unnest(($4::bigint[])[profile.first:profile.last]) as owner (identifier_id)
    cross join lateral (
      select i.occurred_at, i.direction, i.interaction_id
      from interaction i
      where i.workspace_id = $1 and i.identifier_id = owner.identifier_id
      order by i.occurred_at desc, i.interaction_id desc
      limit $5
    ) as candidate
    order by candidate.occurred_at desc, candidate.interaction_id desc
    limit $5
  ) as entry
) as newest`,
};

type ActivityRow = Row & readonly [ordinal: number, active: string | null, lookedAt: number];

export interface MeasuredCustomer {
  readonly identifierIds: readonly string[];
  /** Since when an identifier has said who it is. */
  readonly knownSinceMs: number | null;
}

export type ComputedMeasures = Partial<Record<'health' | 'churnRisk' | 'aliveProbability', number>>;

export const isComputed = (measure: MeasureName): measure is keyof ComputedMeasures =>
  measure === 'health' || measure === 'churnRisk' || measure === 'aliveProbability';

/** They may be others at the next midnight of UTC. */
export function nextMidnightMs(nowMs: number): number {
  return (Math.floor(nowMs / DAY_MS) + 1) * DAY_MS;
}

/** Of each customer, as profiles show them; what nothing is known of is left out. Three statements for however many customers. */
export async function loadComputedMeasures(
  client: ClientBase,
  workspaceId: number,
  customers: readonly MeasuredCustomer[],
  { settings, nowMs }: { readonly settings: MeasureSettings; readonly nowMs: number },
): Promise<readonly ComputedMeasures[]> {
  const connections = withinTransaction(client);
  const profiles = customers.map(({ identifierIds }) => identifierIds);
  const [facts, activity, model] = await Promise.all([
    loadFacts(client, workspaceId, { profiles, untilMs: null }),
    readActivity(connections, workspaceId, profiles),
    readValueModel(connections, workspaceId),
  ]);
  const fitted: FittedValue | null = model && readFittedValue(model.model);
  return customers.map(({ knownSinceMs }, index) => {
    const basis = { facts: facts[index] ?? [], nowMs, settings, sentimentOf: () => null, knownSinceMs };
    return measuresOf(new Customer(basis), activity[index] as Activity, fitted);
  });
}

interface Activity {
  readonly activeMs: readonly number[];
  /** None older was left out. */
  readonly isWhole: boolean;
}

function measuresOf(customer: Customer, { activeMs, isWhole }: Activity, fitted: FittedValue | null): ComputedMeasures {
  const { facts, nowMs, settings } = customer.basis;
  const { conversations, answers } = customer;
  const usage = usageDays(activeMs, isWhole, nowMs);
  const { score } = healthOf({ facts, conversations, answers, usage, lastSeenAtMs: activeMs[0] ?? null }, settings.healthWeights, nowMs);
  const { churnRisk, aliveProbability } = customerValueOf(customer, fitted);
  const known = Object.entries({ health: score, churnRisk, aliveProbability }).filter(([, value]) => value !== null);
  return Object.fromEntries(known) as ComputedMeasures;
}

async function readActivity(
  connections: WorkspaceConnections,
  workspaceId: number,
  profiles: readonly (readonly string[])[],
): Promise<Activity[]> {
  const last: number[] = [];
  for (const identifierIds of profiles) last.push((last.at(-1) ?? 0) + identifierIds.length);
  const first = profiles.map((identifierIds, index) => (last[index] as number) - identifierIds.length + 1);
  const values = [workspaceId, first, last, profiles.flat(), NEWEST, DIRECTION_CODES.INBOUND];
  const activity: Activity[] = profiles.map(() => ({ activeMs: [], isWhole: true }));
  for (const [ordinal, active, lookedAt] of await connections.run<ActivityRow>(workspaceId, READ_ACTIVITY, values)) {
    activity[ordinal - 1] = { activeMs: active === null ? [] : JSON.parse(active), isWhole: lookedAt < NEWEST };
  }
  return activity;
}
