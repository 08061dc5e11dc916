import type { AuditLog } from '../../api/ports/auditLog';
import { countAuditEntries, listAuditEntries } from '../../storage/statements/listAuditEntries';
import type { WorkspaceConnections } from '../../storage/workspaceConnections';

export function auditLog(connections: WorkspaceConnections): AuditLog {
  return {
    listEntries: async (workspaceId, { after, limit }) => {
      const place = after && { at: new Date(after.atMs).toISOString(), auditId: after.auditId };
      const rows = await listAuditEntries(connections, workspaceId, { after: place, limit });
      return rows.map(([auditId, atMs, actor, action, target, detail]) => ({ auditId, atMs, actor, action, target, detail }));
    },
    countEntries: (workspaceId) => countAuditEntries(connections, workspaceId),
  };
}
