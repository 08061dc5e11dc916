import { identifierId } from '../../identity/identifierId';
import { messageTombstone } from '../../identity/tombstone';
import { withoutIdentifiers } from '../../measures/touches/rewriteChunks';
import type { TouchChunk } from '../../measures/touches/touchChunk';
import { eraseEventMatches, eraseInteractions } from '../../storage/privacy/eraseStores';
import { type NumberedChunk, readTouchesToErase, takeTouchesToErase } from '../../storage/privacy/eraseTouches';
import { fillTargets, findHolders, loadTargets, setErasureProfile } from '../../storage/privacy/erasureTargets';
import { insertTombstones } from '../../storage/privacy/tombstones';
import { insertTouchChunk } from '../../storage/statements/insertTouchChunk';
import { sendCall } from '../../storage/statements/statement';
import { suppressProfile } from '../../storage/statements/suppressions';
import type { ErasureStep, Stepped } from './erasing';

/** Of some hundred kilobytes each. */
const CHUNKS = 16;

/** Who is meant, where a tool asked for it: who has the strongest of the identifiers that it named. And how much of them there is. */
export async function findCustomer(step: ErasureStep): Promise<Stepped> {
  const { client, workspaceId, work } = step;
  const { erasureId } = work;
  const { identifiers, profileIds } = await loadTargets(client, workspaceId, erasureId);
  if (profileIds.length === 0) {
    const holders = await findHolders(
      client,
      workspaceId,
      identifiers.map(({ type, value }) => identifierId(type, value)),
    );
    // They are counted down from -1, so the strongest comes last.
    const isHeld = (asked: (typeof identifiers)[number]) => holders.find(({ type, value }) => type === asked.type && value === asked.value);
    const holder = [...identifiers].reverse().map(isHeld).find(Boolean);
    if (!holder) return { phase: 'IDENTITY', places: {} };
    await setErasureProfile(client, workspaceId, erasureId, holder.profileId);
  }
  const { identifiers: count, interactions, firstMs, lastMs } = await fillTargets(client, workspaceId, erasureId);
  if (interactions > step.stepRows) await keepFromDestinations(step);
  return { phase: 'TOUCHES', places: { touches: '0', identifiers: count, interactions, firstMs, lastMs } };
}

/** A giant stands for a while, with less and less of a timeline: nobody is told what that makes of them. */
async function keepFromDestinations({ client, workspaceId, work: { erasureId }, nowMs }: ErasureStep): Promise<void> {
  const { profileIds } = await loadTargets(client, workspaceId, erasureId);
  const [profileId] = profileIds;
  if (profileId !== undefined) await suppressProfile(client, workspaceId, profileId, { atMs: nowMs, actor: 'erasure', reason: null });
}

/** Chunks that hold touches of the customer are written anew without them. */
export async function eraseTouches(step: ErasureStep): Promise<Stepped> {
  const { places } = step.work;
  const { touches, after, isLast } = await eraseTouchesAfter(step, {
    after: BigInt(places['touches'] ?? 0),
    window: windowOf(step),
    identifiers: Number(places['identifiers']),
  });
  const phase = isLast ? 'INTERACTIONS' : 'TOUCHES';
  return { phase, places: { ...places, touches: String(after) }, counts: { touch_chunk: touches } };
}

export interface TouchRange {
  readonly after: bigint;
  readonly window: { readonly firstMs: number; readonly lastMs: number };
  /** How many the customer has; null where the timeline is gone, so that it can't be asked. */
  readonly identifiers: number | null;
}

/** One page. What somebody has meanwhile put into a larger chunk is found under that one's number, which is higher. */
export async function eraseTouchesAfter(
  { client, workspaceId, work: { erasureId } }: ErasureStep,
  { after, window, identifiers }: TouchRange,
): Promise<{ readonly touches: number; readonly after: bigint; readonly isLast: boolean }> {
  const page = await readTouchesToErase(client, workspaceId, erasureId, { after, ...window, limit: CHUNKS, identifiers });
  if (page.length === 0) return { touches: 0, after, isLast: true };
  const { identifierIds } = await loadTargets(client, workspaceId, erasureId);
  let touches = 0;
  for (const chunk of page) {
    const without = withoutIdentifiers(chunk, identifierIds);
    if (without === chunk) continue;
    const left = without as TouchChunk | null;
    if (!(await takeTouchesToErase(client, workspaceId, chunk.chunkId))) return { touches, after: chunk.chunkId, isLast: false };
    if (left !== null) await sendCall(client, insertTouchChunk(workspaceId, left, chunk.level));
    touches += touchesIn(chunk) - (left?.touches ?? 0);
  }
  return { touches, after: page.at(-1)?.chunkId ?? after, isLast: page.length < CHUNKS };
}

function touchesIn(chunk: NumberedChunk): number {
  return chunk.columns.readUInt32LE(4);
}

function windowOf({ work: { places } }: ErasureStep): { readonly firstMs: number; readonly lastMs: number } {
  return { firstMs: Math.floor(Number(places['firstMs'] ?? 0)) - 1, lastMs: Math.ceil(Number(places['lastMs'] ?? 0)) + 1 };
}

/** Only where there is more than goes with the identity at once, so that anybody but a giant is there as a whole or not at all. */
export async function eraseTimeline(step: ErasureStep): Promise<Stepped> {
  const { places } = step.work;
  if (Number(places['interactions']) <= step.stepRows) return { phase: 'IDENTITY' };
  const { client, workspaceId, work, stepRows } = step;
  const matches = await eraseEventMatches(client, workspaceId, work.erasureId, stepRows);
  if (matches > 0) return { counts: { event_match: matches } };
  const { erased, counts } = await eraseEntries(step);
  return { phase: erased < step.stepRows ? 'IDENTITY' : 'INTERACTIONS', counts };
}

/** Some entries, each leaving the tombstone of its message. */
export async function eraseEntries({ client, workspaceId, work: { erasureId }, key, nowMs, stepRows }: ErasureStep) {
  const { interactionIds, counts } = await eraseInteractions(client, workspaceId, erasureId, stepRows);
  const hashes = interactionIds.map((id) => messageTombstone(key, id));
  await insertTombstones(client, workspaceId, { erasureId, erasedAtMs: nowMs }, hashes);
  return { erased: interactionIds.length, counts };
}
