import { isJsonObject, type Json } from '../../src/kernel/json';
import type { FuzzInput } from './input';
import type { Outcome } from './send';

/** What the server may answer though nobody is at fault: it is behind, or something took too long. Counted, and told. */
export const PATIENCE_CODES: ReadonlySet<string> = new Set(['OVERLOADED', 'UNAVAILABLE', 'STATEMENT_TIMEOUT', 'POSITION_TIMEOUT']);
const CODE = /^[A-Z][A-Z_]+$/;
const CLOSED_BY_A_BUG = 4500;

export interface Judgement {
  /** Null where the answer is as it must be. */
  readonly fault: string | null;
  /** The codes of what was refused. */
  readonly codes: readonly string[];
}

/** Whether an answer is one that the server may give, whatever it was asked. */
export function judge(input: FuzzInput, outcome: Outcome): Judgement {
  const codes = codesIn(outcome);
  return { codes, fault: faultOf(input, outcome, codes) };
}

function faultOf(input: FuzzInput, { status, contentType, body, failure }: Outcome, codes: readonly string[]): string | null {
  if (failure !== null) return `no whole answer: ${failure}`;
  if (status === null) return 'no answer';
  if (codes.includes('INTERNAL')) return 'an INTERNAL error';
  if (status === CLOSED_BY_A_BUG) return 'closed with 4500';
  if (status >= 500 && status < 600 && !codes.some((code) => PATIENCE_CODES.has(code))) return `status ${status}`;
  if (input.kind !== 'http') return null;
  const isJson = /json/.test(contentType) && !/ndjson/.test(contentType);
  if (isJson && body !== '' && parsed(body) === undefined) return 'JSON that can not be read';
  if (status >= 400 && input.method !== 'HEAD' && codes.length === 0) return `status ${status} without a code`;
  return null;
}

/** In error.code of a refused request, in extensions.code of each error of GraphQL, also of one that came over a stream. */
function codesIn({ body, contentType, status }: Outcome): string[] {
  if (contentType === '' && status !== null) return [...(/"code":"([A-Z_]+)"/.exec(body)?.slice(1, 2) ?? [])];
  if (contentType.startsWith('text/event-stream')) return [...body.matchAll(/"code":"([A-Z_]+)"/g)].map(([, code]) => code as string);
  const answer = parsed(body);
  return Array.isArray(answer) ? answer.flatMap(codesOfAnswer) : codesOfAnswer(answer);
}

function codesOfAnswer(answer: Json | undefined): string[] {
  if (!isJsonObject(answer)) return [];
  const { error, errors, payload } = answer;
  const list = Array.isArray(errors)
    ? errors
    : Array.isArray(payload)
      ? payload
      : isJsonObject(payload) && Array.isArray(payload['errors'])
        ? payload['errors']
        : [];
  const codes = [
    isJsonObject(error) ? error['code'] : null,
    ...list.map((one: Json) => (isJsonObject(one) && isJsonObject(one['extensions']) ? one['extensions']['code'] : null)),
  ];
  return codes.filter((code): code is string => typeof code === 'string' && CODE.test(code));
}

function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}
