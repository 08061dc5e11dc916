import type { Pool } from 'pg';
import type { AuditDeed } from '../../api/ports/auditLog';
import type { Author } from '../../api/ports/author';
import { insertAuditEntry } from '../../storage/statements/insertAuditEntry';
import { type WorkspaceConnections, withinTransaction } from '../../storage/workspaceConnections';
import { inWorkspace } from '../../storage/workspaceTransaction';

/** Statements that change something, and the entry that says so, in one transaction. No entry where the deed is null. */
export function auditedChange<Result>(
  pool: Pool,
  workspaceId: number,
  author: Author,
  work: (connections: WorkspaceConnections) => Promise<{ readonly result: Result; readonly deed: AuditDeed | null }>,
): Promise<Result> {
  return inWorkspace(pool, workspaceId, 'changes', async (client) => {
    const { result, deed } = await work(withinTransaction(client));
    if (deed) await insertAuditEntry(client, workspaceId, { ...author, ...deed });
    return result;
  });
}
