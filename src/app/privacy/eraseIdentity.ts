import { identifierTombstone, profileTombstone } from '../../identity/tombstone';
import { type ErasedCounts, eraseFromChangeNotes, eraseKeyedStores, leaveSegments } from '../../storage/privacy/eraseStores';
import { holdTouchBackfill } from '../../storage/privacy/eraseTouches';
import { fillTargets, loadTargets } from '../../storage/privacy/erasureTargets';
import { lastWaitingPosition } from '../../storage/privacy/readTexts';
import { tellOfErasure } from '../../storage/privacy/tellOfErasure';
import { insertTombstones, noteLatestErasure } from '../../storage/privacy/tombstones';
import { holdExperienceProgress } from '../../storage/statements/loadExperienceWork';
import { takeLane } from '../../storage/statements/lockLane';
import { changeSegmentDefinitions } from '../../storage/statements/segmentProgress';
import { eraseEntries, eraseTouchesAfter, type TouchRange } from './eraseTimeline';
import type { ErasureStep, Stepped } from './erasing';

const ALL_TIMES = { firstMs: 0, lastMs: Date.UTC(9999, 0) } as const;

/**
 * The customer as they stand now, in one transaction: nobody is half there. It holds the lane, so that no batch is written meanwhile and what workers
 * remember is old, and the locks of whoever writes by profiles behind the batches; followers and evaluations never wait for lanes. The tombstones stand with
 * it, so that a message of before finds either the customer or them.
 */
export async function eraseIdentity(step: ErasureStep): Promise<Stepped> {
  const { client, workspaceId, work, nowMs } = step;
  const { erasureId } = work;
  await takeLane(client, workspaceId, nowMs);
  await holdExperienceProgress(client, workspaceId);
  await changeSegmentDefinitions(client, workspaceId);
  await holdTouchBackfill(client, workspaceId);
  const measure = await fillTargets(client, workspaceId, erasureId);
  // Clocks of customers run ahead: what is erased may say that it happens later.
  const erasedAtMs = Math.max(nowMs, Math.ceil(measure.lastMs ?? 0));
  await writeTombstones(step, erasedAtMs);
  await noteLatestErasure(client, workspaceId, erasedAtMs);
  await leaveSegments(client, workspaceId, erasureId, nowMs);
  const counts: ErasedCounts[] = [await eraseRestOfTouches(step), await eraseRestOfTimeline(step)];
  for (let from = 0; from < Math.max(measure.identifiers, measure.profiles); from += step.stepRows) {
    counts.push(await eraseKeyedStores(client, workspaceId, { erasureId, from, to: from + step.stepRows }));
  }
  counts.push(await eraseFromChangeNotes(client, workspaceId, erasureId));
  await tellOfErasure(client, workspaceId, erasureId, nowMs);
  const inbox = await lastWaitingPosition(client, workspaceId);
  return { phase: 'INBOX', places: { inbox }, erasedAtMs, counts: sumOf(counts) };
}

async function writeTombstones(
  { client, workspaceId, work: { erasureId }, key, stepRows }: ErasureStep,
  erasedAtMs: number,
): Promise<void> {
  const { identifiers, profileIds } = await loadTargets(client, workspaceId, erasureId);
  const hashes = [...identifiers.map((each) => identifierTombstone(key, each)), ...profileIds.map((id) => profileTombstone(key, id))];
  for (let from = 0; from < hashes.length; from += stepRows) {
    await insertTombstones(client, workspaceId, { erasureId, erasedAtMs }, hashes.slice(from, from + stepRows));
  }
}

/** Those that came, or were put into larger chunks, since all chunks were looked through. */
async function eraseRestOfTouches(step: ErasureStep): Promise<ErasedCounts> {
  const { places } = step.work;
  if (places['touches'] === undefined) return {};
  const range: Omit<TouchRange, 'after'> = { window: ALL_TIMES, identifiers: null };
  let touches = 0;
  for (let after = BigInt(places['touches'] ?? 0), isLast = false; !isLast; ) {
    const page = await eraseTouchesAfter(step, { ...range, after });
    touches += page.touches;
    [after, isLast] = [page.after, page.isLast];
  }
  return { touch_chunk: touches };
}

async function eraseRestOfTimeline(step: ErasureStep): Promise<ErasedCounts> {
  const counts: ErasedCounts[] = [];
  for (let isLast = false; !isLast; ) {
    const page = await eraseEntries(step);
    counts.push(page.counts);
    isLast = page.erased < step.stepRows;
  }
  return sumOf(counts);
}

function sumOf(all: readonly ErasedCounts[]): ErasedCounts {
  const sum: Record<string, number> = {};
  for (const counts of all) for (const [store, count] of Object.entries(counts)) sum[store] = (sum[store] ?? 0) + count;
  return sum;
}
