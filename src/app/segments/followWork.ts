import type { ClientBase } from 'pg';
import { loadNotedProfiles, loadOpenNotes, loadWokenProfiles, type OpenNote } from '../../storage/statements/loadSegmentWork';

/** Notes are taken together, so that whoever is in many of them is looked at once; not so many that reading their names takes longer than looking. */
const STEP_NOTES = { notes: 64, named: 4_000 };
/** Of a step, where the clock wakes many and notes name many. */
const WOKEN_SHARE = 0.4;

/** What is due in one workspace. */
export interface FollowWork {
  readonly notes: readonly OpenNote[];
  /** Each once. */
  readonly profileIds: readonly string[];
  /** Whether nobody else is named by these notes. */
  readonly isWholeOfNotes: boolean;
  /** Whether nothing else is due. */
  readonly isAll: boolean;
}

/** At most `limit` profiles, those of the oldest notes first; of a single one, the notes' come before the clock's. `version`: of the definitions. */
export async function loadFollowWork(
  client: ClientBase,
  workspaceId: number,
  { version, nowMs, limit }: { readonly version: string; readonly nowMs: number; readonly limit: number },
): Promise<FollowWork> {
  const [{ notes, areThereMore }, noted, woken] = await Promise.all([
    loadOpenNotes(client, workspaceId, STEP_NOTES),
    loadNotedProfiles(client, workspaceId, { ...STEP_NOTES, version, limit }),
    loadWokenProfiles(client, workspaceId, nowMs, limit),
  ]);
  const share = Math.min(woken.length, Math.floor(limit * WOKEN_SHARE));
  const ofNotes = noted.slice(0, Math.max(limit - share, 1));
  const ofClock = woken.slice(0, limit - ofNotes.length);
  const isWholeOfNotes = noted.length < limit && ofNotes.length === noted.length;
  const isAllWoken = woken.length < limit && ofClock.length === woken.length;
  return {
    notes,
    profileIds: [...new Set([...ofNotes, ...ofClock])],
    isWholeOfNotes,
    isAll: isWholeOfNotes && !areThereMore && isAllWoken,
  };
}
