import type { FastifyRequest } from 'fastify';
import type { SubscriptionRequest } from '../../api/live/prepareSubscription';
import { parseJson } from '../../intake/parseJson';
import { isJsonObject, type Json } from '../../kernel/json';
import { Refusal } from '../../kernel/refusals';

/** What is asked for: in the body of a POST, which must be JSON, or in the address of a GET. Refuses with INVALID_INPUT, REQUEST_INVALID or BODY_NOT_JSON. */
export function streamRequestOf({ method, headers, body, query }: FastifyRequest): SubscriptionRequest {
  if (method === 'GET') return checked(fromAddress(query as Readonly<Record<string, unknown>>));
  if (!/^application\/([\w.-]+\+)?json\b/i.test((headers['content-type'] ?? '').trim())) {
    throw new Refusal('REQUEST_INVALID', 'Send the subscription as JSON, with content-type application/json.');
  }
  const parsed = parseJson(typeof body === 'string' ? body : '');
  if (!isJsonObject(parsed)) throw new Refusal('INVALID_INPUT', 'The body must be an object with a query.');
  return checked(parsed);
}

function fromAddress({ variables, extensions, ...asked }: Readonly<Record<string, unknown>>) {
  const jsonOf = (text: unknown) => (typeof text === 'string' && text !== '' ? parseJson(text) : null);
  return { ...asked, variables: jsonOf(variables), extensions: jsonOf(extensions) };
}

function checked({ query, operationName, variables, documentId, extensions }: Readonly<Record<string, unknown>>): SubscriptionRequest {
  const isNamed = documentId !== undefined || isJsonObject((extensions ?? null) as Json);
  if (typeof query !== 'string' && !isNamed) throw new Refusal('INVALID_INPUT', 'query must be the text of a subscription.');
  if (typeof (operationName ?? '') !== 'string') throw new Refusal('INVALID_INPUT', 'operationName must be a text.');
  if (!isJsonObject((variables ?? {}) as Json)) throw new Refusal('INVALID_INPUT', 'variables must be an object.');
  return {
    ...(typeof query === 'string' && { query }),
    operationName: (operationName ?? null) as string | null,
    variables: (variables ?? {}) as Record<string, unknown>,
    documentId,
    extensions,
  };
}
