import type { AuditFault, AuditVerdict } from '../../api/ports/auditLog';
import { type AuditChainRow, readAuditChain, readAuditHead } from '../../storage/statements/readAuditChain';
import type { WorkspaceConnections } from '../../storage/workspaceConnections';
import { CHAIN_START, type ChainPlace, faultAfter, type SealedEntry } from './auditChain';

const PAGE_ENTRIES = 5_000;

/**
 * Computes the hashes of the last so many sealed entries anew, or of all, from the database page by page. Where it begins in the middle, the hash before
 * is taken as it is stored. What is sealed meanwhile is not looked at.
 */
export async function verifyAudit(connections: WorkspaceConnections, workspaceId: number, last: number | 'all'): Promise<AuditVerdict> {
  const { sealed, hash, lastSequence, unsealed } = await readAuditHead(connections, workspaceId);
  const end = BigInt(sealed);
  let place = last === 'all' || BigInt(last) >= end ? CHAIN_START : await placeAt(connections, workspaceId, end - BigInt(last));
  let checked = 0;
  const verdict = (fault: AuditFault | null, auditId: string | null = null): AuditVerdict => ({
    checked,
    head: { sequence: sealed, hash },
    unsealed,
    broken: fault && { sequence: String(place.sequence + 1n), auditId, fault },
  });
  for await (const entry of entriesUpTo(connections, workspaceId, place.sequence, end)) {
    checked++;
    const fault = faultAfter(place, entry);
    if (fault !== null) return verdict(fault, fault === 'MISSING' ? null : entry.auditId);
    place = entry;
  }
  if (place.sequence < end) return verdict('MISSING');
  return verdict(place.hash === hash && BigInt(lastSequence) === end ? null : 'HEAD_CHANGED');
}

/** Behind so many entries; what is not there is found missing by whoever goes on from here. */
async function placeAt(connections: WorkspaceConnections, workspaceId: number, sequence: bigint): Promise<ChainPlace> {
  const [row] = await readAuditChain(connections, workspaceId, String(sequence - 1n), 1);
  return { sequence, hash: row?.[1] ?? '' };
}

async function* entriesUpTo(
  connections: WorkspaceConnections,
  workspaceId: number,
  after: bigint,
  end: bigint,
): AsyncGenerator<SealedEntry, void, undefined> {
  for (let last = after; ; ) {
    const page = (await readAuditChain(connections, workspaceId, String(last), PAGE_ENTRIES)).map(entryOf);
    yield* page.filter(({ sequence }) => sequence <= end);
    last = page.at(-1)?.sequence ?? end;
    if (page.length < PAGE_ENTRIES || last >= end) return;
  }
}

function entryOf([
  sequence,
  hash,
  auditId,
  at,
  actor,
  action,
  target,
  noteHash,
  detail,
  subjectHash,
  salt,
  note,
]: AuditChainRow): SealedEntry {
  const said = salt === null || note === null ? null : { salt, text: note };
  return { sequence: BigInt(sequence), hash, auditId, at, actor, action, target, noteHash, detail, subjectHash, note: said };
}
