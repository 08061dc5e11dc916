import type { MeasureName } from '../../segments/measureNames';
import type { Row, WorkspaceConnections } from '../workspaceConnections';
import { isStored, measureValuesSql } from './measureValues';
import { type Asked, bareReading, unnamed } from './subjectReading';

export interface MeasuredSubject {
  readonly measures: Readonly<Partial<Record<MeasureName, number | string>>>;
  /** When time alone may change one of them next. */
  readonly nextAtMs: number | null;
}

type MeasureRow = Row & readonly [profileId: string, place: number, value: string | null, nextAtMs: number | null];

/** The measures among these that rows tell, by profile: one statement, none where there are none. */
export async function readStoredMeasures(
  connections: WorkspaceConnections,
  asked: Asked,
  measures: ReadonlySet<MeasureName>,
): Promise<ReadonlyMap<string, MeasuredSubject>> {
  const stored = [...measures].filter(isStored);
  if (stored.length === 0) return new Map();
  const { withs, reading } = bareReading(asked);
  const values = stored.map((measure, place) => {
    return `select told.profile_id, ${place}, told.value, told.next_at from (${measureValuesSql(measure, reading)}) as told`;
  });
  const text = `with ${withs}\n${values.join('\nunion all ')}`;
  const rows = await connections.run<MeasureRow>(asked.workspaceId, unnamed(text), reading.parameters.values);
  const measured = new Map<string, { measures: Partial<Record<MeasureName, number | string>>; nextAtMs: number | null }>();
  for (const [profileId, place, value, nextAtMs] of rows) {
    const own = measured.get(profileId) ?? { measures: {}, nextAtMs: null };
    if (value !== null) own.measures[stored[place] as MeasureName] = JSON.parse(value);
    own.nextAtMs = earliest(own.nextAtMs, nextAtMs);
    measured.set(profileId, own);
  }
  return measured;
}

export function earliest(one: number | null, other: number | null): number | null {
  return one === null || other === null ? (one ?? other) : Math.min(one, other);
}
