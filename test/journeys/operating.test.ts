import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tryToListen } from '../../src/app/supervisor/listenPort';
import { eventually } from './eventually';
import { basic, System } from './system';

jest.setTimeout(120_000);

/** Everything personal that is sent here has this in it. */
const MARK = 'lovelacemark';
const PARENT = { traceId: 'ab'.repeat(16), spanId: 'cd'.repeat(8) };

interface Span {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly links?: readonly { readonly traceId: string; readonly spanId: string }[];
}

/** Takes OTLP in as a collector does. */
class Collector {
  readonly spans: Span[] = [];
  readonly bodies: string[] = [];

  private constructor(private readonly server: Server) {}

  static async start(): Promise<Collector> {
    const server = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk) => (body += String(chunk)));
      request.on('end', () => {
        collector.take(body);
        response.setHeader('content-type', 'application/json').end('{}');
      });
    });
    const collector = new Collector(server);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return collector;
  }

  get address(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  named(name: string): Span[] {
    return this.spans.filter((span) => span.name === name);
  }

  stop(): void {
    this.server.close();
    this.server.closeAllConnections();
  }

  private take(body: string): void {
    this.bodies.push(body);
    type Export = { resourceSpans: { scopeSpans: { spans: Span[] }[] }[] };
    for (const { scopeSpans } of (JSON.parse(body) as Export).resourceSpans) for (const { spans } of scopeSpans) this.spans.push(...spans);
  }
}

let system: System;
let collector: Collector;
let metricsPort: number;
beforeAll(async () => {
  collector = await Collector.start();
  metricsPort = (await tryToListen(0, '127.0.0.1')) as number;
  system = await System.start();
  const environment = {
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.address,
    OTEL_BSP_SCHEDULE_DELAY: '100',
    LOG_LEVEL: 'trace',
    METRICS_PORT: String(metricsPort),
  };
  for (const name of ['api', 'worker'] as const) {
    await system.end(name);
    await system.restart(name, environment);
  }
  await tellOfAda();
  await failWithAda();
});
afterAll(async () => {
  await system.stop();
  collector.stop();
});

/** A customer, somebody who is refused, a message that is no JSON, and queries that fail. */
async function tellOfAda(): Promise<void> {
  const ada = { type: 'identify', userId: MARK, traits: { email: `${MARK}@example.com`, name: MARK, age: MARK } };
  const answer = await fetch(`${system.address}/v1/batch?q=${MARK}`, {
    method: 'POST',
    headers: { authorization: basic(system.writeKey), traceparent: `00-${PARENT.traceId}-${PARENT.spanId}-01`, 'user-agent': MARK },
    body: JSON.stringify({ batch: [ada, { type: 'track', event: MARK }] }),
  });
  expect(answer.status).toBe(200);
  await system.post('/v1/track', `{"userId": "${MARK}`);
  await system.settled();
  await system.graphql(
    'query ($v: String!) { profile(identifier: { type: "email", value: $v }) { displayName } segments { totalCount } }',
    { v: `${MARK}@example.com` },
  );
  await system.graphql(`query ${MARK} { profile(identifier: { type: "email", value: "${MARK}" }) { ${MARK} } }`);
  await system.graphql(
    `mutation { createSegment(input: { key: "${MARK}", name: "${MARK}", definition: { trait: "${MARK}", op: "${MARK}" } }) { segment { key } } }`,
  );
  await fetch(`${system.address}/v1/pixel/track?data=${btoa(MARK)}`);
  await fetch(`${system.address}/exports/segments/${MARK}.csv`, { headers: { authorization: `Bearer ${system.apiKey}` } });
}

/** The database objects to what it is to write, and quotes it in whatever an error can quote it in. */
async function failWithAda(): Promise<void> {
  await system.ask(`create function object() returns trigger language plpgsql as $$ begin
    raise exception 'Not % for ${MARK}', new using errcode = tg_argv[0], detail = new::text, hint = '${MARK}', column = 'body'; end $$`);
  for (const [table, state] of [
    ['inbox', 'P0001'],
    ['interaction', '22023'],
    ['dead_letter', '23514'],
  ]) {
    await system.ask(`create trigger objects before insert on ${table} for each row execute function object('${state}')`);
    await system.post('/v1/identify', { userId: MARK, traits: { email: `${MARK}@example.com` } });
    await system.post('/v1/track', { event: MARK });
    if (table === 'interaction')
      await eventually(
        'the worker has tried',
        async () => (await system.ask(`select from dead_letter d where d.code = 'MESSAGE_POISONOUS'`)).length > 0,
      );
    await system.ask(`drop trigger objects on ${table}`);
  }
  await system.settled();
}

const metricsOf = async (address: string) => (await fetch(`${address}/metrics`)).text();

it('continues the trace of whoever sent a message, from the door over the inbox to the commit of its batch', async () => {
  await eventually(
    'all spans of the message have arrived',
    () => collector.named('process').length > 0 && collector.named('POST /v1/batch').length > 0,
  );
  const [request] = collector.named('POST /v1/batch') as [Span];
  const [append] = collector.named('inbox append') as [Span];
  const [process] = collector.named('process') as [Span];
  expect(request).toMatchObject({ traceId: PARENT.traceId, parentSpanId: PARENT.spanId });
  expect(append).toMatchObject({ traceId: PARENT.traceId, parentSpanId: request.spanId });
  expect(process).toMatchObject({ traceId: PARENT.traceId, parentSpanId: append.spanId });
  const batch = collector.named('batch').find(({ spanId }) => spanId === process.links?.[0]?.spanId);
  expect(batch?.links).toMatchObject([{ traceId: PARENT.traceId, spanId: append.spanId }]);
  for (const name of ['batch decide', 'batch commit']) {
    expect(collector.named(name).some(({ parentSpanId }) => parentSpanId === batch?.spanId)).toBe(true);
  }
});

it('has a span for each GraphQL operation, below its request', async () => {
  await eventually(
    'the operations have arrived',
    () => collector.named('graphql query').length > 0 && collector.named('POST /graphql').length > 0,
  );
  const [operation] = collector.named('graphql query') as [Span];
  expect(collector.named('POST /graphql').map(({ spanId }) => spanId)).toContain(operation.parentSpanId);
});

it('counts at both processes what was done, and times operations by their fields', async () => {
  const api = await metricsOf(system.address);
  expect(api).toContain('throughline_messages_accepted_total 3');
  expect(api).toMatch(/throughline_refusals_total\{code="MESSAGE_WITHOUT_ID"\} 3/);
  expect(api).toMatch(/throughline_graphql_operation_seconds_count\{field="profile"\} 1/);
  expect(api).toMatch(/throughline_graphql_operation_seconds_count\{field="segments"\} 1/);
  expect(api).toMatch(/throughline_graphql_errors_total\{code="GRAPHQL_VALIDATION_FAILED"\} 1/);
  expect(api).toContain('throughline_inbox_messages 0');
  expect(api).toContain('nodejs_eventloop_lag_p99_seconds');
  const worker = await metricsOf(`http://127.0.0.1:${metricsPort}`);
  expect(worker).toMatch(/throughline_messages_processed_total [23]/);
  expect(worker).toContain('throughline_dead_letters_total 1');
});

it('says of both processes that they are ready', async () => {
  for (const address of [system.address, `http://127.0.0.1:${metricsPort}`]) {
    const answer = await fetch(`${address}/readyz`);
    expect([answer.status, ((await answer.json()) as { status: string }).status]).toEqual([200, 'ready']);
  }
});

it('has nothing of a customer in spans, metrics, readiness and logs, of what went well and of what failed', async () => {
  const told = [
    ...collector.bodies,
    await metricsOf(system.address),
    await metricsOf(`http://127.0.0.1:${metricsPort}`),
    await (await fetch(`${system.address}/readyz`)).text(),
    system.said,
  ];
  expect(system.said).toContain('"msg":"batch"');
  expect(system.said).toContain('P0001');
  for (const text of told) expect(text).not.toContain(MARK);
});
