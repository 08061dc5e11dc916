const REQUEST_TIMEOUT_MS = 10_000;

/** Sends one request as a client library does. Answers whether it was acknowledged; throws where messages in it were refused. */
export async function postBatch(address: string, writeKey: string, body: string): Promise<boolean> {
  const answer = await post(address, writeKey, body);
  if (answer?.rejected) throw new Error(`Messages were refused: ${JSON.stringify(answer.rejected)}`);
  return answer?.success === true;
}

/** Null where there was no answer at all. */
async function post(address: string, writeKey: string, body: string): Promise<{ success?: boolean; rejected?: unknown } | null> {
  const authorization = `Basic ${Buffer.from(`${writeKey}:`).toString('base64')}`;
  const headers = { 'content-type': 'application/json', authorization };
  const signal = AbortSignal.timeout(REQUEST_TIMEOUT_MS);
  try {
    const answer = await fetch(`${address}/v1/batch`, { method: 'POST', headers, body, signal });
    return (await answer.json()) as { success?: boolean; rejected?: unknown };
  } catch {
    return null;
  }
}
