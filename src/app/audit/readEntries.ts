import type { NotedRead } from '../../api/ports/readLog';
import type { NewId } from '../../kernel/clock';
import { publicId } from '../../kernel/ids';
import type { ReadEntry } from '../../storage/statements/insertReads';

/** A read that waits to be written, and how often it was the same. */
export interface Reading {
  readonly read: NotedRead;
  readonly auditId: string;
  times: number;
}

/** Whom an entry names at most; who were shown more take several entries. */
const MOST_NAMED = 500;
/** Who writes what nobody did. */
const OURSELVES = 'throughline';

/** One profile is the target, of several the detail tells. `profiles`: by the ids of identifiers. */
export function readEntries({ read, auditId, times }: Reading, profiles: ReadonlyMap<string, string>, newId: NewId): ReadEntry[] {
  const { actor, atMs, action, fields, profileFields } = read;
  const shown = new Set([...read.profileIds, ...[...read.identifierIds].flatMap((id) => profiles.get(id) ?? [])]);
  const ids = [...shown].map((id) => publicId('Profile', id));
  const target = read.target ?? (ids.length === 1 ? (ids[0] as string) : null);
  const said = { fields, ...(profileFields.length > 0 && { profileFields }), ...(times > 1 && { times }) };
  const entries: ReadEntry[] = [];
  for (let from = 0; from === 0 || from < ids.length; from += MOST_NAMED) {
    const named = ids.length > 1 ? { profileIds: ids.slice(from, from + MOST_NAMED) } : {};
    const detail = JSON.stringify({ ...said, ...named });
    entries.push({ auditId: from === 0 ? auditId : newId(), atMs, actor, action, target, detail });
  }
  return entries;
}

/** So many requests showed something and found no room to be noted. */
export function lostEntry(requests: number, auditId: string, atMs: number): ReadEntry {
  return { auditId, atMs, actor: OURSELVES, action: 'readsLost', target: null, detail: JSON.stringify({ requests }) };
}
