import type { Pool } from 'pg';
import { isoText } from '../../api/isoText';
import type { ConfigurationStore } from '../../api/ports/configurationStore';
import type { DeadLetterRecord, IngestionStore } from '../../api/ports/ingestionStore';
import { publicId } from '../../kernel/ids';
import { DEPARTMENTS, type Department } from '../../kernel/vocabulary';
import { countDeadLetters, type DeadLetterRow, findDeadLetter, listDeadLetters } from '../../storage/statements/listDeadLetters';
import { listSources } from '../../storage/statements/listSources';
import { readFirstPosition, readIngestion } from '../../storage/statements/readIngestion';
import { readWorkspace } from '../../storage/statements/readWorkspace';
import { retryDeadLetter } from '../../storage/statements/retryDeadLetter';
import { findSource } from '../../storage/statements/updateSource';
import type { WorkspaceConnections } from '../../storage/workspaceConnections';
import { auditedChange } from '../audit/auditedChange';
import { configurationChanges } from './configurationChanges';

/** `pool`: of the role throughline_app. */
export function configurationStore(connections: WorkspaceConnections, pool: Pool): ConfigurationStore {
  return {
    findWorkspace: async (workspaceId) => {
      const row = await readWorkspace(connections, workspaceId);
      return row && { defaultCountry: row[0], settings: JSON.parse(row[1]) };
    },
    listSources: async (workspaceId) => {
      const rows = await listSources(connections, workspaceId);
      return rows.map(([sourceId, name, type, department]) => ({
        sourceId,
        name,
        type,
        department: DEPARTMENTS[department] as Department,
      }));
    },
    findSource: async (workspaceId, sourceId) => {
      const row = await findSource(connections, workspaceId, sourceId);
      if (!row) return null;
      const [, name, type, department, settings] = row;
      return { sourceId, name, type, department: DEPARTMENTS[department] as Department, settings: JSON.parse(settings) };
    },
    ...configurationChanges(pool),
  };
}

/** `pool`: of the role throughline_app. `onRetried`: told that something is there to be processed. */
export function ingestionStore(
  connections: WorkspaceConnections,
  pool: Pool,
  onRetried: (workspaceId: number, position: bigint) => void,
): IngestionStore {
  return {
    readIngestion: async (workspaceId) => {
      const row = await readIngestion(connections, workspaceId);
      const [
        processed,
        waiting,
        oldestWaitingAtMs,
        messagesPerSecond,
        updatedAtMs,
        startedAtMs,
        finishedAtMs,
        profilesExamined,
        profilesTotal,
      ] = row;
      const ruleChange = startedAtMs === null ? null : { startedAtMs, finishedAtMs, profilesExamined, profilesTotal };
      return { processed, waiting, oldestWaitingAtMs, messagesPerSecond, updatedAtMs, ruleChange };
    },
    readFirstPosition: (workspaceId) => readFirstPosition(connections, workspaceId),
    listDeadLetters: async (workspaceId, { after, limit }) => {
      const place = after && { at: isoText(after.atMs), deadLetterId: after.deadLetterId };
      return (await listDeadLetters(connections, workspaceId, { after: place, limit })).map(deadLetterFromRow);
    },
    countDeadLetters: (workspaceId) => countDeadLetters(connections, workspaceId),
    findDeadLetter: async (workspaceId, deadLetterId) => {
      const row = await findDeadLetter(connections, workspaceId, deadLetterId);
      return row && deadLetterFromRow(row);
    },
    retryDeadLetter: async (workspaceId, { deadLetterId, isDelivery }, author) => {
      const position = await auditedChange(pool, workspaceId, author, async (own) => {
        const result = await retryDeadLetter(own, workspaceId, { deadLetterId, isDelivery, receivedAt: isoText(author.atMs) });
        const deed = { action: 'retryDeadLetter', target: publicId('DeadLetter', deadLetterId), detail: {} };
        return { result, deed: result === null ? null : deed };
      });
      if (position !== null) onRetried(workspaceId, BigInt(position));
      return position !== null;
    },
  };
}

function deadLetterFromRow([deadLetterId, atMs, code, reason, sourceId, message]: DeadLetterRow): DeadLetterRecord {
  return { deadLetterId, atMs, code, reason, sourceId, message };
}
