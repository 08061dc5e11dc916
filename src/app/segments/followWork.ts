import type { ClientBase } from 'pg';
import {
  type DueProfile,
  loadNotedProfiles,
  loadOpenNotes,
  loadWokenProfiles,
  type OpenNote,
} from '../../storage/statements/loadSegmentWork';

/** Notes are taken together, so that whoever is in many of them is looked at once; not so many that naming everybody again and again takes longer than looking. */
const STEP_NOTES = { notes: 64, named: 2_000 };
/** Of a step, where the clock wakes many and notes name many. */
const WOKEN_SHARE = 0.4;

/** What is due in one workspace. */
export interface FollowWork {
  readonly notes: readonly OpenNote[];
  /** Each once. */
  readonly due: readonly DueProfile[];
  /** Whether nobody else is named by these notes. */
  readonly isWholeOfNotes: boolean;
  /** Whether nothing else is due. */
  readonly isAll: boolean;
}

/** At most `limit` profiles, those of the oldest notes first; of a single one, the notes' come before the clock's. */
export async function loadFollowWork(client: ClientBase, workspaceId: number, nowMs: number, limit: number): Promise<FollowWork> {
  const [{ notes, areThereMore }, noted, woken] = await Promise.all([
    loadOpenNotes(client, workspaceId, STEP_NOTES),
    loadNotedProfiles(client, workspaceId, { ...STEP_NOTES, limit }),
    loadWokenProfiles(client, workspaceId, nowMs, limit),
  ]);
  const share = Math.min(woken.length, Math.floor(limit * WOKEN_SHARE));
  const ofNotes = noted.slice(0, Math.max(limit - share, 1));
  const ofClock = woken.slice(0, limit - ofNotes.length);
  const isWholeOfNotes = noted.length < limit && ofNotes.length === noted.length;
  const isAllWoken = woken.length < limit && ofClock.length === woken.length;
  return {
    notes,
    due: eachOnce(ofNotes, ofClock),
    isWholeOfNotes,
    isAll: isWholeOfNotes && !areThereMore && isAllWoken,
  };
}

/** Of whom the clock wakes anything may be another. */
function eachOnce(ofNotes: readonly DueProfile[], ofClock: readonly string[]): DueProfile[] {
  const due = new Map(ofNotes.map((each) => [each.profileId, each]));
  for (const profileId of ofClock) due.set(profileId, { profileId, matches: null });
  return [...due.values()];
}
