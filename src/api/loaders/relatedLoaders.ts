import DataLoader from 'dataloader';
import type { AccountRecord } from '../ports/accountReader';
import type { ApiPorts } from '../ports/apiPorts';
import type { SourceRecord } from '../ports/configurationStore';
import type { Counted, LinkRecord, MergeRecord, OuterLinkRecord } from '../ports/identityGraphReader';
import type { ConsentRecord } from '../ports/privacyDesk';

/** A graph with more is nothing that anybody looks at; how many there are is told. */
const MAX_LINKS = 1_000;
const NO_LINKS = { items: [], total: 0 } as const;

/** What hangs on profiles and identifiers, each read for all of them at once. */
export interface RelatedLoaders {
  /** By profile, the latest first. */
  readonly merges: DataLoader<string, readonly MergeRecord[]>;
  /** By profile, between its identifiers, and leading out of it. */
  readonly innerLinks: DataLoader<string, Counted<LinkRecord>>;
  readonly outerLinks: DataLoader<string, Counted<OuterLinkRecord>>;
  /** By identifier. */
  readonly accountsOf: DataLoader<string, readonly AccountRecord[]>;
  readonly isSuppressed: DataLoader<string, boolean>;
  readonly consentsOf: DataLoader<string, readonly ConsentRecord[]>;
  readonly account: DataLoader<string, AccountRecord | null>;
  readonly source: DataLoader<number, SourceRecord | null>;
}

export function relatedLoaders(ports: ApiPorts, workspaceId: number): RelatedLoaders {
  return {
    merges: new DataLoader(async (ids) => {
      const merges = await ports.identityGraphs.readMerges(workspaceId, ids);
      return ids.map((id) => merges.get(id) ?? []);
    }),
    innerLinks: new DataLoader(async (ids) => {
      const links = await ports.identityGraphs.readInnerLinks(workspaceId, ids, MAX_LINKS);
      return ids.map((id) => links.get(id) ?? NO_LINKS);
    }),
    outerLinks: new DataLoader(async (ids) => {
      const links = await ports.identityGraphs.readOuterLinks(workspaceId, ids, MAX_LINKS);
      return ids.map((id) => links.get(id) ?? NO_LINKS);
    }),
    accountsOf: new DataLoader(async (ids) => {
      const accounts = await ports.accounts.readAccountsOf(workspaceId, ids);
      return ids.map((id) => accounts.get(id) ?? []);
    }),
    isSuppressed: new DataLoader(async (ids) => {
      const suppressed = await ports.privacy.readSuppressed(workspaceId, ids);
      return ids.map((id) => suppressed.has(id));
    }),
    consentsOf: new DataLoader(async (ids) => {
      const consents = await ports.privacy.readConsents(workspaceId, ids);
      return ids.map((id) => consents.filter(({ identifierId }) => identifierId === id));
    }),
    account: new DataLoader(async (ids) => {
      const accounts = await ports.accounts.findAccounts(workspaceId, ids);
      const byId = new Map(accounts.map((account) => [account.accountId, account]));
      return ids.map((id) => byId.get(id) ?? null);
    }),
    source: new DataLoader(async (ids) => {
      const sources = new Map((await ports.configuration.listSources(workspaceId)).map((source) => [source.sourceId, source]));
      return ids.map((id) => sources.get(id) ?? null);
    }),
  };
}
