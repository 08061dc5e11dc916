export interface AccountRecord {
  readonly accountId: string;
  readonly externalId: string;
  /** JSON text of its trait state. */
  readonly traits: string;
}

export interface AccountReader {
  findAccounts(workspaceId: number, accountIds: readonly string[]): Promise<readonly AccountRecord[]>;
  /** By identifier: the accounts that group calls put it into, in the order they did. */
  readAccountsOf(workspaceId: number, identifierIds: readonly string[]): Promise<ReadonlyMap<string, readonly AccountRecord[]>>;
  listAccountProfiles(
    workspaceId: number,
    accountId: string,
    page: { readonly after: string | null; readonly limit: number },
  ): Promise<readonly string[]>;
}
