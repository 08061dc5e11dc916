import type { HttpInput } from '../../bench/fuzz/input';
import { judge } from '../../bench/fuzz/judge';
import type { Outcome } from '../../bench/fuzz/send';

const input: HttpInput = { kind: 'http', method: 'POST', path: '/', headers: {}, body: null, messageIds: [] };
const answered = (status: number, body: unknown, set: Partial<Outcome> = {}): Outcome => ({
  status,
  contentType: 'application/json; charset=utf-8',
  body: typeof body === 'string' ? body : JSON.stringify(body),
  failure: null,
  ...set,
});
const faultOf = (outcome: Outcome) => judge(input, outcome).fault;
const refused = (code: string) => ({ success: false, error: { code, reason: 'Because.' } });
const errors = (...codes: string[]) => ({ data: null, errors: codes.map((code) => ({ message: 'No.', extensions: { code } })) });

it.each([
  ['success', answered(200, { success: true })],
  ['a coded refusal', answered(400, refused('BODY_NOT_JSON'))],
  ['errors of GraphQL with codes', answered(200, errors('NOT_FOUND', 'FORBIDDEN'))],
  ['being overloaded', answered(429, refused('OVERLOADED'))],
  ['having no time', answered(504, errors('STATEMENT_TIMEOUT'))],
  ['lines of JSON', answered(200, '{"a":1}\n{"a":2}\n', { contentType: 'application/x-ndjson; charset=utf-8' })],
])('finds nothing wrong with %s', (_what, outcome) => {
  expect(faultOf(outcome)).toBeNull();
});

it.each([
  ['a 500', answered(500, refused('INTERNAL')), 'an INTERNAL error'],
  ['a 500 without anything', answered(500, '', { contentType: 'text/plain' }), 'status 500'],
  ['a 503 of nobody', answered(503, { status: 'not ready' }), 'status 503'],
  ['a bug among the errors of GraphQL', answered(200, errors('NOT_FOUND', 'INTERNAL')), 'an INTERNAL error'],
  [
    'a bug in an event',
    answered(200, 'event: next\ndata: {"errors":[{"extensions":{"code":"INTERNAL"}}]}\n\n', { contentType: 'text/event-stream' }),
    'an INTERNAL error',
  ],
  ['half of JSON', answered(200, '{"a":'), 'JSON that can not be read'],
  ['a refusal without a code', answered(400, { message: 'No.' }), 'status 400 without a code'],
  ['no answer', answered(0, '', { status: null }), 'no answer'],
  ['a connection that broke', answered(0, '', { status: null, failure: 'socket hang up' }), 'no whole answer: socket hang up'],
])('finds %s', (_what, outcome, fault) => {
  expect(faultOf(outcome)).toBe(fault);
});

it('finds a socket that was closed because of a bug, and an error in what it was told', () => {
  const socket = { kind: 'socket', path: '/graphql', protocols: [], frames: [] } as const;
  expect(judge(socket, answered(4500, '[]')).fault).toBe('closed with 4500');
  const error = { type: 'error', id: '1', payload: [{ message: 'No.', extensions: { code: 'INTERNAL' } }] };
  expect(judge(socket, answered(200, [error])).fault).toBe('an INTERNAL error');
  expect(judge(socket, answered(4401, '[]')).fault).toBeNull();
});
