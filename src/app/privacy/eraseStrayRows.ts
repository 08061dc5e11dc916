import { eraseLateEventMatches } from '../../storage/privacy/eraseStores';
import { cleanStrays, findStrays, STRAY_KINDS } from '../../storage/privacy/eraseStrays';
import { forgetTargets } from '../../storage/privacy/erasureTargets';
import { takeLane } from '../../storage/statements/lockLane';
import { takeTrackedEventBackfill } from '../../storage/statements/settleTrackedEvent';
import type { ErasureStep, Stepped } from './erasing';

const PAGE_ROWS = 5_000;

/** Traces in rows of others, a page at a time. They are taken out holding the lane, so that what workers remember of these rows is old. */
export async function eraseStrayRows(step: ErasureStep): Promise<Stepped> {
  const { client, workspaceId, work, nowMs } = step;
  const { erasureId, places } = work;
  const kind = Number(places['kind']);
  if (kind >= STRAY_KINDS) return finish(step);
  const after = typeof places['after'] === 'string' ? places['after'].split(' ') : null;
  const { table, keys, next } = await findStrays(client, workspaceId, erasureId, { kind, after, limit: PAGE_ROWS });
  if (keys.length > 0) {
    await takeLane(client, workspaceId, nowMs);
    await cleanStrays(client, workspaceId, erasureId, { kind, keys });
  }
  return { places: next === null ? { kind: kind + 1, after: null } : { kind, after: next.join(' ') }, counts: { [table]: keys.length } };
}

/** A pass that notes what came before somebody asked may have read the timeline before it was erased: its notes are waited for. */
async function finish({ client, workspaceId, work: { erasureId } }: ErasureStep): Promise<Stepped> {
  if (!(await takeTrackedEventBackfill(client, workspaceId))) return { mustWait: true };
  const counts = await eraseLateEventMatches(client, workspaceId, erasureId);
  await forgetTargets(client, workspaceId, erasureId);
  return { phase: 'DONE', places: {}, counts };
}
