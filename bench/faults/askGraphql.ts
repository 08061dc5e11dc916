const REQUEST_TIMEOUT_MS = 20_000;

export interface GraphqlAnswer<Data> {
  readonly data: Data | null;
  /** Codes of what went wrong. */
  readonly codes: readonly string[];
}

/** Null where there was no answer at all. */
export async function askGraphql<Data>(
  address: string,
  apiKey: string,
  query: string,
  variables: Readonly<Record<string, unknown>> = {},
): Promise<GraphqlAnswer<Data> | null> {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${apiKey}` };
  const signal = AbortSignal.timeout(REQUEST_TIMEOUT_MS);
  try {
    const answer = await fetch(`${address}/graphql`, { method: 'POST', headers, body: JSON.stringify({ query, variables }), signal });
    const { data, errors = [] } = (await answer.json()) as {
      data?: Data | null;
      errors?: readonly { readonly message: string; readonly extensions?: { readonly code?: string } }[];
    };
    return { data: errors.length > 0 ? null : (data ?? null), codes: errors.map(({ message, extensions }) => extensions?.code ?? message) };
  } catch {
    return null;
  }
}
