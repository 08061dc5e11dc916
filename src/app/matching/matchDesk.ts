import type { MatchCandidateRecord, MatchDesk } from '../../api/ports/matchDesk';
import {
  countMatchCandidates,
  findMatchCandidate,
  listMatchCandidates,
  type MatchCandidateRow,
} from '../../storage/statements/listMatchCandidates';
import type { WorkspaceConnections } from '../../storage/workspaceConnections';
import type { DecisionDeskOptions } from '../decisions/carryOut';
import { changeMatchSettings } from './changeMatchSettings';
import { acceptMatch, rejectMatch } from './decideMatch';

export function matchDesk(connections: WorkspaceConnections, options: DecisionDeskOptions): MatchDesk {
  return {
    listCandidates: async (workspaceId, wanted, page) =>
      (await listMatchCandidates(connections, workspaceId, wanted, page)).map(candidateFromRow),
    countCandidates: (workspaceId, wanted) => countMatchCandidates(connections, workspaceId, wanted),
    findCandidate: async (workspaceId, candidateId) => {
      const row = await findMatchCandidate(connections, workspaceId, candidateId);
      return row && candidateFromRow(row);
    },
    accept: (workspaceId, candidateId, author) => acceptMatch(options, workspaceId, candidateId, author),
    reject: (workspaceId, candidateId, author) => rejectMatch(options, workspaceId, candidateId, author),
    setSettings: (workspaceId, settings, author) => changeMatchSettings(options.pool, workspaceId, settings, author),
  };
}

function candidateFromRow(row: MatchCandidateRow): MatchCandidateRecord {
  const [candidateId, leftId, rightId, weight, probability, comparisons, status, createdAtMs, decidedAtMs, decidedBy, low, high] = row;
  return {
    candidateId,
    leftId,
    rightId,
    weight,
    probability,
    comparisons: JSON.parse(comparisons),
    status,
    createdAtMs,
    decidedAtMs,
    decidedBy,
    leftTypeCounts: JSON.parse(low),
    rightTypeCounts: JSON.parse(high),
  };
}
