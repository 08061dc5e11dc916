import type { Counted, IdentityGraphReader, LinkRecord, MergeRecord, OuterLinkRecord } from '../../api/ports/identityGraphReader';
import { readMerges } from '../../storage/statements/readMerges';
import { type InnerLinkRow, type OuterLinkRow, readInnerLinks, readOuterLinks } from '../../storage/statements/readProfileLinks';
import type { WorkspaceConnections } from '../../storage/workspaceConnections';
import { grouped } from './groupedRows';

export function identityGraphReader(connections: WorkspaceConnections): IdentityGraphReader {
  return {
    readInnerLinks: async (workspaceId, profileIds, limit) =>
      counted(await readInnerLinks(connections, workspaceId, profileIds, limit), linkFromRow),
    readOuterLinks: async (workspaceId, profileIds, limit) =>
      counted(await readOuterLinks(connections, workspaceId, profileIds, limit), outerLinkFromRow),
    readMerges: async (workspaceId, profileIds) =>
      grouped(await readMerges(connections, workspaceId, profileIds), (row): [string, MergeRecord] => {
        const [profileId, mergeId, mergedAtMs, rule, actor, survivorId, absorbedId, undoneAtMs] = row;
        return [profileId, { mergeId, mergedAtMs, rule, actor, survivorId, absorbedId, undoneAtMs }];
      }),
  };
}

function linkFromRow(row: InnerLinkRow | OuterLinkRow): LinkRecord {
  const [
    ,
    lowId,
    highId,
    firstSeenAtMs,
    lastSeenAtMs,
    firstInteractionId,
    lastInteractionId,
    alias,
    decidedAtMs,
    decidedRule,
    probability,
  ] = row;
  return {
    lowId,
    highId,
    firstSeenAtMs,
    lastSeenAtMs,
    firstInteractionId,
    lastInteractionId,
    alias,
    decidedAtMs,
    decidedRule,
    probability,
  };
}

function outerLinkFromRow(row: OuterLinkRow): OuterLinkRecord {
  const [innerId, innerStrongerLinks, outerProfileId, type, value, sourceId, firstSeenAtMs, lastSeenAtMs, verified, outerStrongerLinks] =
    row.slice(12) as [string, number, string, string, string, number, number, number, boolean, number];
  const link = linkFromRow(row);
  const identifierId = link.lowId === innerId ? link.highId : link.lowId;
  const outer = {
    identifierId,
    type,
    value,
    sourceId,
    firstSeenAtMs,
    lastSeenAtMs,
    verified,
    interactions: 0,
    traits: null,
    sighting: null,
  };
  const counts = { innerTypeCounts: JSON.parse(row[22]), outerTypeCounts: JSON.parse(row[23]) };
  return { ...link, ...counts, innerId, outer, outerProfileId, innerStrongerLinks, outerStrongerLinks };
}

/** The rows of one profile stand together; each has the profile first and the number of all of them at the twelfth place. */
function counted<Row extends InnerLinkRow | OuterLinkRow, Item>(
  rows: readonly Row[],
  itemOf: (row: Row) => Item,
): ReadonlyMap<string, Counted<Item>> {
  const byProfile = grouped(rows, (row): [string, Row] => [row[0], row]);
  return new Map([...byProfile].map(([profileId, own]) => [profileId, { items: own.map(itemOf), total: own[0]?.[11] ?? 0 }]));
}
