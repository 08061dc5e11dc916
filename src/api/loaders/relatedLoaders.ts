import DataLoader from 'dataloader';
import type { AccountRecord } from '../ports/accountReader';
import type { ApiPorts } from '../ports/apiPorts';
import type { SourceRecord } from '../ports/configurationStore';
import type { MergeRecord } from '../ports/identityGraphReader';

/** What hangs on profiles and identifiers, each read for all of them at once. */
export interface RelatedLoaders {
  /** By profile, the latest first. */
  readonly merges: DataLoader<string, readonly MergeRecord[]>;
  /** By identifier. */
  readonly accountsOf: DataLoader<string, readonly AccountRecord[]>;
  readonly account: DataLoader<string, AccountRecord | null>;
  readonly source: DataLoader<number, SourceRecord | null>;
}

export function relatedLoaders(ports: ApiPorts, workspaceId: number): RelatedLoaders {
  return {
    merges: new DataLoader(async (ids) => {
      const merges = await ports.identityGraphs.readMerges(workspaceId, ids);
      return ids.map((id) => merges.get(id) ?? []);
    }),
    accountsOf: new DataLoader(async (ids) => {
      const accounts = await ports.accounts.readAccountsOf(workspaceId, ids);
      return ids.map((id) => accounts.get(id) ?? []);
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
