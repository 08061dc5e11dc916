import { createHash } from 'node:crypto';
import type { AuditFault } from '../../api/ports/auditLog';

/** A sealed entry as it is stored. Hashes are in hexadecimal. */
export interface SealedEntry {
  readonly sequence: bigint;
  readonly hash: string;
  readonly auditId: string;
  /** UTC with microseconds, such as 2026-03-01T12:00:00.000000Z. */
  readonly at: string;
  readonly actor: string;
  readonly action: string;
  readonly target: string | null;
  readonly noteHash: string | null;
  /** Of target and detail as they were sealed; stays where an erasure has taken these. */
  readonly subjectHash: string;
  /** JSON text, as it is stored. */
  readonly detail: string;
  /** Null where there was none, or it was forgotten. */
  readonly note: { readonly salt: string; readonly text: string } | null;
}

/** A place in the chain: so many entries, and the hash of the last of them. */
export interface ChainPlace {
  readonly sequence: bigint;
  readonly hash: string;
}

export const CHAIN_START: ChainPlace = { sequence: 0n, hash: '' };

/** What erasing leaves of whom an entry was about. */
const ERASED_DETAIL = '{"erased": true}';

export function subjectHashOf({ target, detail }: Pick<SealedEntry, 'target' | 'detail'>): string {
  return sha256(`${JSON.stringify(target)}\n${detail}`);
}

/** SHA-256 of the hash before it and, line by line, the sequence and everything that the entry says; target and detail by their hash. */
export function sealOf(before: string, entry: Omit<SealedEntry, 'hash' | 'note' | 'target' | 'detail'>): string {
  const { sequence, auditId, at, actor, action, noteHash, subjectHash } = entry;
  const lines = [String(sequence), auditId, at, JSON.stringify(actor), JSON.stringify(action), noteHash ?? '', subjectHash];
  return createHash('sha256').update(Buffer.from(before, 'hex')).update(lines.join('\n')).digest('hex');
}

/** What is wrong with the entry that should come next in the chain; null where nothing is. */
export function faultAfter(place: ChainPlace, entry: SealedEntry): AuditFault | null {
  if (entry.sequence !== place.sequence + 1n) return 'MISSING';
  if (sealOf(place.hash, entry) !== entry.hash) return 'CHANGED';
  const isErased = entry.target === null && entry.detail === ERASED_DETAIL;
  if (!isErased && subjectHashOf(entry) !== entry.subjectHash) return 'CHANGED';
  if (entry.note === null) return null;
  return sha256(entry.note.salt + entry.note.text) === entry.noteHash ? null : 'NOTE_CHANGED';
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
