import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool } from 'pg';
import type { Author } from '../../api/ports/author';
import type { ErasureRecord, PrivacyDesk } from '../../api/ports/privacyDesk';
import type { Clock, NewId } from '../../kernel/clock';
import { publicId } from '../../kernel/ids';
import { countErasures, type ErasureReceiptRow, findErasure, listErasures } from '../../storage/privacy/readErasures';
import { insertAuditEntry } from '../../storage/statements/insertAuditEntry';
import { holdLane } from '../../storage/statements/lockLane';
import { readConsents, readSuppressed, releaseProfile, suppressProfile } from '../../storage/statements/suppressions';
import type { WorkspaceConnections } from '../../storage/workspaceConnections';
import { inWorkspace } from '../../storage/workspaceTransaction';
import { changePrivacySettings } from './changePrivacySettings';
import { Erasing } from './erasing';
import { exportCustomer } from './exporting';

/** Whoever asked for an erasure is answered by then; what is left is done by the workers. */
const PATIENCE_MS = 20_000;
const PAUSE_MS = 50;

export interface PrivacyDeskOptions {
  /** Of the role throughline_app. */
  readonly pool: Pool;
  readonly clock: Clock;
  readonly newId: NewId;
  /** Told of steps of erasures that failed; workers try them again. */
  readonly onFault: (error: unknown) => void;
}

export function privacyDesk(connections: WorkspaceConnections, options: PrivacyDeskOptions): PrivacyDesk {
  const { pool, clock } = options;
  const erasing = new Erasing(options);
  return {
    suppressProfile: (workspaceId, asked, author) => suppress(pool, workspaceId, asked, author),
    readSuppressed: (workspaceId, identifierIds) => readSuppressed(connections, workspaceId, identifierIds),
    readConsents: async (workspaceId, identifierIds) => {
      const rows = await readConsents(connections, workspaceId, identifierIds);
      return rows.map(([identifierId, purpose, granted, atMs, sourceId]) => ({ identifierId, purpose, granted, atMs, sourceId }));
    },
    eraseProfile: async (workspaceId, profileId, author) => {
      const erasureId = await erasing.begin(workspaceId, profileId, author);
      if (erasureId === null) return null;
      await carryOn(erasing, { workspaceId, erasureId }, options);
      return recordOf(await findErasure(connections, workspaceId, erasureId));
    },
    findErasure: async (workspaceId, erasureId) => recordOf(await findErasure(connections, workspaceId, erasureId)),
    listErasures: async (workspaceId, { after, limit }) => {
      const place = after && { at: new Date(after.atMs).toISOString(), erasureId: after.erasureId };
      return (await listErasures(connections, workspaceId, { after: place, limit })).flatMap((row) => recordOf(row) ?? []);
    },
    countErasures: (workspaceId) => countErasures(connections, workspaceId),
    exportProfile: async (workspaceId, profileId, author) => {
      const document = await exportCustomer(pool, workspaceId, profileId, clock());
      if (document !== null) await noteExport(pool, workspaceId, profileId, author);
      return document;
    },
    setSettings: (workspaceId, settings, author) => changePrivacySettings(pool, workspaceId, settings, author),
  };
}

/** Until it is done, or has taken long enough. */
async function carryOn(
  erasing: Erasing,
  { workspaceId, erasureId }: { readonly workspaceId: number; readonly erasureId: string },
  { clock, onFault }: PrivacyDeskOptions,
): Promise<void> {
  const untilMs = clock() + PATIENCE_MS;
  try {
    for (;;) {
      const progress = await erasing.step(workspaceId, erasureId);
      if (progress === 'DONE' || clock() >= untilMs) return;
      if (progress !== 'MORE') await sleep(PAUSE_MS);
    }
  } catch (error) {
    onFault(error);
  }
}

/** The lane is held so that nobody is erased meanwhile. */
function suppress(
  pool: Pool,
  workspaceId: number,
  { profileId, suppressed, reason }: { readonly profileId: string; readonly suppressed: boolean; readonly reason: string | null },
  author: Author,
): Promise<boolean> {
  return inWorkspace(pool, workspaceId, 'changes', async (client) => {
    const { atMs, actor } = author;
    await holdLane(client, workspaceId);
    const identifiers = suppressed
      ? await suppressProfile(client, workspaceId, profileId, { atMs, actor, reason })
      : await releaseProfile(client, workspaceId, profileId);
    if (identifiers === 0) return false;
    const entry = { action: 'suppressProfile', target: publicId('Profile', profileId), detail: { suppressed } };
    await insertAuditEntry(client, workspaceId, { ...author, ...entry, note: reason === null ? {} : { reason } });
    return true;
  });
}

function noteExport(pool: Pool, workspaceId: number, profileId: string, author: Author): Promise<void> {
  const entry = { ...author, action: 'exportProfile', target: publicId('Profile', profileId), detail: {} };
  return inWorkspace(pool, workspaceId, 'changes', (client) => insertAuditEntry(client, workspaceId, entry));
}

function recordOf(row: ErasureReceiptRow | null): ErasureRecord | null {
  if (row === null) return null;
  const [erasureId, requestedAtMs, requestedBy, erasedAtMs, finishedAtMs, erased, replays, lastReplayAtMs] = row;
  return { erasureId, requestedAtMs, requestedBy, erasedAtMs, finishedAtMs, erased: JSON.parse(erased), replays, lastReplayAtMs };
}
