import type { ClientBase } from 'pg';
import { loadNotedProfiles, loadOpenNotes, loadWokenProfiles, type OpenNote } from '../../storage/statements/loadSegmentWork';

const STEP_NOTES = 64;
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

/** At most `limit` profiles, those of the oldest notes first; of a single one, the notes' come before the clock's. */
export async function loadFollowWork(client: ClientBase, workspaceId: number, nowMs: number, limit: number): Promise<FollowWork> {
  const [notes, noted, woken] = await Promise.all([
    loadOpenNotes(client, workspaceId, STEP_NOTES),
    loadNotedProfiles(client, workspaceId, { notes: STEP_NOTES, limit }),
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
    isAll: isWholeOfNotes && notes.length < STEP_NOTES && isAllWoken,
  };
}
