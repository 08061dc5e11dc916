import type { Json } from '../../kernel/json';
import type { ComputedTraitDefinition } from '../../segments/computedTrait';
import type { Subject } from '../../segments/subject';
import type { Row, WorkspaceConnections } from '../workspaceConnections';
import { computedValuesSql } from './computedValues';
import type { Reading } from './readingContext';
import { type Asked, bareReading, unnamed } from './subjectReading';

/** By profile the values of its traits. Those that have none are left out, or null where time may give them one. */
export type ComputedValues = ReadonlyMap<string, Subject['computed']>;

/** `next_at`: as `computedValuesSql` has it. Times as milliseconds. */
type ComputedRow = Row & readonly [profileId: string, place: number, value: string | null, nextAtMs: number | null];

/** By key. One statement for however many profiles and traits; none where there are none. Also of profiles that are retired, whose traits say nothing. */
export async function readComputedTraits(
  connections: WorkspaceConnections,
  asked: Asked & { readonly definitions: ReadonlyMap<string, ComputedTraitDefinition> },
): Promise<ComputedValues> {
  if (asked.definitions.size === 0 || asked.profileIds.length === 0) return new Map();
  const keys = [...asked.definitions.keys()];
  const { withs, reading } = bareReading(asked);
  const values = [...asked.definitions.values()].map((definition, place) => valuesOf(definition, place, reading));
  const text = `with ${withs}\n${values.join('\nunion all ')}`;
  const rows = await connections.run<ComputedRow>(asked.workspaceId, unnamed(text), reading.parameters.values);
  const computed = new Map<string, Record<string, { value: Json; nextAtMs: number | null }>>();
  for (const [profileId, place, value, nextAtMs] of rows) {
    if (value === null && nextAtMs === null) continue;
    const own = computed.get(profileId) ?? Object.create(null);
    own[keys[place] as string] = { value: value === null ? null : JSON.parse(value), nextAtMs };
    computed.set(profileId, own);
  }
  return computed;
}

/** Counts are zero where nothing was found. */
function valuesOf(definition: ComputedTraitDefinition, place: number, reading: Reading): string {
  const counted = computedValuesSql(definition, reading);
  if (definition.aggregate !== 'count') return `select told.profile_id, ${place}, told.value, told.next_at from (${counted}) as told`;
  return `
select page.profile_id, ${place}, coalesce(told.value, '0'), told.next_at
from page
left join (${counted}) as told on told.profile_id = page.profile_id`;
}
