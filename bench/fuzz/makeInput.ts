import type { GraphQLSchema } from 'graphql';
import { Chance } from './chance';
import { type GraphqlOperation, GraphqlOperations } from './graphqlOperations';
import type { FuzzInput, FuzzTarget, HttpInput, RawInput, SocketInput } from './input';
import { intakeInput } from './intakeInputs';
import { mutatedBytes } from './mutate';
import type { Nonsense } from './nonsense';
import { webhookInput } from './webhookInputs';

export interface Making {
  readonly seed: number;
  readonly schema: GraphQLSchema;
  readonly nonsense: Nonsense;
  readonly target: FuzzTarget;
  /** Public ids that the server gave out so far. */
  readonly ids: readonly string[];
}

/** The kinds of inputs, each as often as its weight says. */
const KINDS = [
  [30, 'intake'],
  [20, 'webhook'],
  [22, 'query'],
  [8, 'mutation'],
  [3, 'graphqlNonsense'],
  [2, 'stream'],
  [3, 'pixel'],
  [2, 'settings'],
  [3, 'export'],
  [1, 'operations'],
  [1, 'nowhere'],
  [3, 'raw'],
  [2, 'socket'],
] as const;
export type InputKind = (typeof KINDS)[number][1];
const OPERATION_PATHS = ['/healthz', '/readyz', '/metrics', '/', '/graphql', '/graphql/', '/graphql/stream'];
const FIELDS = 'id,email,phone,displayName,language,identifiers,enteredAt,reason,firstSeenAt,lifecycleStage,traits.plan,computed.x'.split(
  ',',
);

/** The input of this number: the same for the same seed, but for the ids that the server gave out. */
export function makeInput(index: number, making: Making): { readonly kind: InputKind; readonly input: FuzzInput } {
  const chance = Chance.of(making.seed, index);
  const kind = chance.weighted(KINDS);
  return { kind, input: inputOf(kind, chance, index, making) };
}

function inputOf(kind: InputKind, chance: Chance, index: number, making: Making): FuzzInput {
  const { nonsense, target, seed } = making;
  const text = () => nonsense.text(chance).toWellFormed();
  const part = () => encodeURIComponent(text());
  switch (kind) {
    case 'intake':
      return intakeInput({ chance, nonsense, target, seed, index });
    case 'webhook':
      return webhookInput(chance, nonsense, target);
    case 'query':
    case 'mutation':
      return graphqlInput(operationOf(kind, chance, making), chance, making);
    case 'graphqlNonsense':
      return graphqlNonsense(chance, making);
    case 'stream':
      return streamInput(chance, making);
    case 'pixel':
      return get(`/v1/pixel/${chance.pick(['track', 'identify.gif', 'page', part()])}?${pixelQuery(chance, making)}`, {});
    case 'settings':
      return get(
        `/v1/projects/${chance.pick([target.writeKey, part()])}/settings`,
        chance.isTrue(0.2) ? { host: text().replace(/[^!-~]/g, '') } : {},
      );
    case 'export':
      return get(exportPath(chance, making), { ...bearer(target), ...(chance.isTrue(0.3) ? { 'accept-encoding': 'gzip' } : {}) });
    case 'operations':
      return { ...get(chance.pick(OPERATION_PATHS), {}), method: chance.pick(['GET', 'HEAD', 'OPTIONS', 'POST']) };
    case 'nowhere':
      return get(`/${part()}/${part()}?${part()}=${part()}`, { ...bearer(target), 'x-odd': text().replace(/[^\t -~\u0080-\u00ff]/g, '?') });
    case 'raw':
      return rawInput(chance, making);
    case 'socket':
      return socketInput(chance, making);
  }
}

function operationOf(kind: 'query' | 'mutation' | 'subscription', chance: Chance, { schema, nonsense, ids }: Making): GraphqlOperation {
  return new GraphqlOperations(schema, chance, nonsense, ids).make(kind);
}

function graphqlInput(operation: GraphqlOperation, chance: Chance, { target, nonsense }: Making): HttpInput {
  const headers: Record<string, string> = chance.isTrue(0.02)
    ? { 'throughline-position': nonsense.text(chance).replace(/[^ -~]/g, '?') }
    : {};
  if (chance.isTrue(0.1)) {
    const address = new URLSearchParams({ query: operation.query, variables: JSON.stringify(operation.variables) });
    return get(`/graphql?${address}`, { ...bearer(target), ...headers, 'apollo-require-preflight': '1' });
  }
  return post('/graphql', Buffer.from(JSON.stringify(operation)), { ...bearer(target), ...headers });
}

/** What is no query, or no longer one. */
function graphqlNonsense(chance: Chance, making: Making): HttpInput {
  const { target, nonsense } = making;
  const body = Buffer.from(JSON.stringify(operationOf('query', chance, making)));
  const nasty = {
    query: nonsense.value(chance),
    variables: nonsense.value(chance),
    operationName: nonsense.value(chance),
    extensions: nonsense.value(chance),
  };
  const broken = chance.pick([
    mutatedBytes(body, chance),
    Buffer.from(JSON.stringify(nasty)),
    Buffer.from(JSON.stringify(nonsense.value(chance))),
  ]);
  const type = chance.pick(['application/json', 'application/json', 'application/graphql', 'text/plain', '']);
  const accept = chance.pick(['*/*', 'application/graphql-response+json', 'text/html', 'x', 'application/json;q=x']);
  return post('/graphql', broken, { ...(chance.isTrue(0.9) ? bearer(target) : {}), 'content-type': type, accept });
}

function streamInput(chance: Chance, making: Making): HttpInput {
  const { target, nonsense } = making;
  const operation = operationOf(chance.isTrue(0.8) ? 'subscription' : 'query', chance, making);
  const body = Buffer.from(JSON.stringify(chance.isTrue(0.9) ? operation : nonsense.value(chance)));
  const last: Record<string, string> = chance.isTrue(0.3) ? { 'last-event-id': nonsense.text(chance).replace(/[^ -~]/g, '?') } : {};
  return post('/graphql/stream', body, { ...bearer(target), ...last });
}

function pixelQuery(chance: Chance, { nonsense, target }: Making): string {
  const text = () => nonsense.text(chance).toWellFormed();
  if (chance.isTrue(0.4))
    return `data=${encodeURIComponent(Buffer.from(JSON.stringify({ writeKey: target.writeKey, event: text(), userId: text() })).toString('base64'))}`;
  const fields = { writeKey: target.writeKey, userId: text(), event: text(), [`properties.${text()}`]: text(), [text()]: text() };
  return new URLSearchParams(fields).toString();
}

function exportPath(chance: Chance, { nonsense, ids }: Making): string {
  const key = chance.isTrue(0.8) ? 'fuzzed' : encodeURIComponent(nonsense.text(chance).toWellFormed());
  const fields = chance.isTrue(0.8) ? FIELDS.filter(() => chance.isTrue(0.3)).join(',') : nonsense.text(chance).toWellFormed();
  const after = chance.isTrue(0.3)
    ? `&after=${encodeURIComponent(chance.isTrue(0.5) && ids.length > 0 ? chance.pick(ids) : nonsense.text(chance).toWellFormed())}`
    : '';
  return `/exports/segments/${key}.${chance.pick(['ndjson', 'csv', 'xlsx'])}?fields=${encodeURIComponent(fields)}${after}`;
}

/** A request as it goes over the wire, with some of its bytes changed: its line, its headers, its lengths. */
function rawInput(chance: Chance, { target }: Making): RawInput {
  const body = JSON.stringify({ type: 'track', event: 'x', userId: 'u' });
  const length = chance.pick([String(body.length), '0', '-1', '99', '1e3', 'x', '4, 4', '99999999999999999999']);
  const lines = [
    `${chance.pick(['POST', 'GET', 'PRI', 'TRACE', 'CONNECT'])} ${chance.pick(['/v1/track', '/graphql', '*', 'http://x/', '/v1/%zz', `/${'a'.repeat(20_000)}`])} HTTP/${chance.pick(['1.1', '1.0', '2.0', '0.9'])}`,
    `Host: ${chance.pick(['localhost', '', 'a b', '[::', 'x'.repeat(300)])}`,
    `Authorization: Basic ${Buffer.from(`${target.writeKey}:`).toString('base64')}`,
    chance.pick([
      `Content-Length: ${length}`,
      'Transfer-Encoding: chunked',
      'Transfer-Encoding: gzip, chunked',
      `Content-Length: 5\r\nContent-Length: ${length}`,
    ]),
    chance.pick([
      'X: y',
      'Expect: 100-continue',
      'Upgrade: h2c\r\nConnection: Upgrade, HTTP2-Settings',
      'Upgrade: websocket\r\nConnection: Upgrade',
      `X-Long: ${'x'.repeat(20_000)}`,
      'bad header',
    ]),
  ];
  const whole = Buffer.from(`${lines.join('\r\n')}\r\n\r\n${body}`);
  return { kind: 'raw', bytes: chance.isTrue(0.6) ? mutatedBytes(whole, chance) : whole };
}

function socketInput(chance: Chance, making: Making): SocketInput {
  const { target, nonsense } = making;
  const init = { type: 'connection_init', payload: chance.pick<object | null>([{ authorization: `Bearer ${target.apiKey}` }, {}, null]) };
  const frames = Array.from({ length: 1 + chance.below(5) }, (_, n) => {
    const operation = operationOf(chance.isTrue(0.7) ? 'subscription' : 'query', chance, making);
    const frame = {
      id: String(chance.below(3)),
      type: chance.pick(['subscribe', 'subscribe', 'complete', 'ping', 'pong', 'next', nonsense.text(chance)]),
      payload: operation,
    };
    const text = Buffer.from(JSON.stringify(n === 0 && chance.isTrue(0.9) ? init : frame));
    const sent = chance.isTrue(0.2) ? mutatedBytes(text, chance) : text;
    return chance.isTrue(0.9) ? sent.toString('utf8') : sent;
  });
  const protocols = chance.isTrue(0.9) ? ['graphql-transport-ws'] : chance.pick([[], ['graphql-ws'], ['x', 'y']]);
  return { kind: 'socket', path: chance.isTrue(0.95) ? '/graphql' : '/elsewhere', protocols, frames };
}

function get(path: string, headers: Record<string, string>): HttpInput {
  return { kind: 'http', method: 'GET', path, headers, body: null, messageIds: [] };
}

function post(path: string, body: Buffer, headers: Record<string, string>): HttpInput {
  return { kind: 'http', method: 'POST', path, headers: { 'content-type': 'application/json', ...headers }, body, messageIds: [] };
}

function bearer({ apiKey }: FuzzTarget): Record<string, string> {
  return { authorization: `Bearer ${apiKey}` };
}
