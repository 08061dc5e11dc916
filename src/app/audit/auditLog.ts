import type { Pool } from 'pg';
import { isoText } from '../../api/isoText';
import type { AuditFilter, AuditLog } from '../../api/ports/auditLog';
import { type AuditSelection, countAuditEntries, listAuditEntries } from '../../storage/statements/listAuditEntries';
import type { WorkspaceConnections } from '../../storage/workspaceConnections';
import { auditedChange } from './auditedChange';
import { verifyAudit } from './verifyAudit';

/** `pool`: of the role throughline_app. */
export function auditLog(connections: WorkspaceConnections, pool: Pool): AuditLog {
  return {
    listEntries: async (workspaceId, filter, { after, limit }) => {
      const place = after && { at: isoText(after.atMs), auditId: after.auditId };
      const rows = await listAuditEntries(connections, workspaceId, selectionOf(filter), { after: place, limit });
      return rows.map(([auditId, atMs, actor, action, target, detail, hadNote, note, sequence]) => {
        return { auditId, atMs, actor, action, target, detail, note, isNoteForgotten: hadNote && note === null, sequence };
      });
    },
    countEntries: (workspaceId, filter) => countAuditEntries(connections, workspaceId, selectionOf(filter)),
    note: (workspaceId, deed, author) => auditedChange(pool, workspaceId, author, async () => ({ result: undefined, deed })),
    verify: (workspaceId, last) => verifyAudit(connections, workspaceId, last),
  };
}

function selectionOf({ fromMs, toMs, ...same }: AuditFilter): AuditSelection {
  return { ...same, from: fromMs === null ? null : isoText(fromMs), to: toMs === null ? null : isoText(toMs) };
}
