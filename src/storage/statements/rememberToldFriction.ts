import type { ClientBase } from 'pg';
import type { FrictionSignal } from '../../measures/friction/signal';
import { encodeTextArray, encodeTimestamptzArray } from '../binaryArrays';
import { type Statement, send } from './statement';

/** Grain: one row a sign that nobody was told of before. */
const REMEMBER_TOLD_FRICTION: Statement = {
  name: 'remember_told_friction',
  text: `
insert into told_friction (workspace_id, signal_key, detected_at)
select $1, incoming.* from unnest($2::text[], $3::timestamptz[]) as incoming
on conflict (workspace_id, signal_key) do nothing
returning signal_key`,
};

/** Answers the keys of those that are to be told of now, in this transaction; each is answered once for as long as it is remembered. */
export async function rememberToldFriction(
  client: ClientBase,
  workspaceId: number,
  signals: readonly Pick<FrictionSignal, 'key' | 'detectedAtMs'>[],
): Promise<ReadonlySet<string>> {
  const keys = encodeTextArray(signals.map(({ key }) => key));
  const times = encodeTimestamptzArray(signals.map(({ detectedAtMs }) => detectedAtMs));
  const rows = await send<{ signal_key: string }>(client, REMEMBER_TOLD_FRICTION, [workspaceId, keys, times]);
  return new Set(rows.map((row) => row.signal_key));
}
