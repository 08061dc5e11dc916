import { resolve } from 'node:path';
import { ConfigFaults, loadConfig } from '../../src/app/config';

function faultsOf(environment: Record<string, string>): readonly string[] {
  try {
    loadConfig(environment);
  } catch (error) {
    if (error instanceof ConfigFaults) return error.faults;
    throw error;
  }
  return [];
}

it('needs no setting at all', () => {
  expect(loadConfig({})).toMatchObject({
    port: 4000,
    host: '127.0.0.1',
    dataDir: resolve('.throughline'),
    databaseUrl: null,
    redis: null,
    devApiKey: null,
    demo: true,
    logLevel: 'info',
    production: false,
  });
});

it('takes an empty setting as one that is not set, as docker compose passes them', () => {
  expect(loadConfig({ PORT: '', DATABASE_URL: '', DEMO: '' })).toMatchObject({ port: 4000, databaseUrl: null, demo: true });
});

it('brings demo data only where nobody runs it in earnest, unless told otherwise', () => {
  expect(loadConfig({ NODE_ENV: 'production' }).demo).toBe(false);
  expect(loadConfig({ NODE_ENV: 'production', DEMO: '1' }).demo).toBe(true);
  expect(loadConfig({ DEMO: '0' }).demo).toBe(false);
});

it('notes all reads in the audit log, one of so many, or none', () => {
  expect(loadConfig({}).auditReadsOneIn).toBe(1);
  expect(loadConfig({ AUDIT_READS: 'sampled:10' }).auditReadsOneIn).toBe(10);
  expect(loadConfig({ AUDIT_READS: 'off' }).auditReadsOneIn).toBe(0);
  expect(faultsOf({ AUDIT_READS: 'sampled:0' })).toEqual([expect.stringContaining('AUDIT_READS must be')]);
});

it('knows where vendors reach it, without a slash at the end', () => {
  expect(loadConfig({}).publicUrl).toBeNull();
  expect(loadConfig({ PUBLIC_URL: 'https://cx.example.com/' }).publicUrl).toBe('https://cx.example.com');
  expect(faultsOf({ PUBLIC_URL: 'cx.example.com' })).toEqual(['PUBLIC_URL must look like https://throughline.example.com.']);
});

it('cannot be changed once it was read', () => {
  expect(Object.isFrozen(loadConfig({}))).toBe(true);
});

it('reports all faults together, each as a sentence that names its setting', () => {
  const faults = faultsOf({
    PORT: '70000',
    DATABASE_URL: 'mysql://root@localhost/db',
    REDIS_URL: 'localhost:6379',
    LOG_LEVEL: 'loud',
    WORKER_PROCESSES: '1.5',
    DEMO: 'no',
  });
  expect(faults.map((fault) => fault.split(' ')[0])).toEqual([
    'PORT',
    'DATABASE_URL',
    'REDIS_URL',
    'DEMO',
    'WORKER_PROCESSES',
    'LOG_LEVEL',
  ]);
  for (const fault of faults) expect(fault).toMatch(/^[A-Z_]+ must .+\.$/);
});

it('reports forbidden combinations together with the other faults', () => {
  const faults = faultsOf({ NODE_ENV: 'production', DEV_API_KEY: 'tl_api_x', DEV_WRITE_KEY: 'tl_write_x', PORT: 'http', REDIS_URL: 'x' });
  expect(faults.map((fault) => fault.split(' ')[0])).toEqual(['PORT', 'REDIS_URL', 'DEV_API_KEY', 'DEV_WRITE_KEY']);
});

it('refuses one key for two purposes', () => {
  expect(faultsOf({ DEV_API_KEY: 'same-key', DEV_WRITE_KEY: 'same-key' })).toEqual(['DEV_WRITE_KEY must differ from DEV_API_KEY.']);
});

it('never repeats a secret in a fault', () => {
  const faults = faultsOf({ DATABASE_URL: 'postgre://u:hunter2@host/db', REDIS_URL: 'redis://:hunter2@', DEV_API_KEY: 'hunter2:' });
  expect(faults).toHaveLength(3);
  expect(faults.join()).not.toContain('hunter2');
});

it.each(['0x10', '1e3', ' 80', '-1', '4000.0', '٤٠٠٠', '99999999999999999999'])('does not take %j for a port', (port) => {
  expect(faultsOf({ PORT: port })).toEqual(['PORT must be a whole number from 0 to 65535.']);
});

describe('the limits of clients', () => {
  it('are generous where nothing is said', () => {
    expect(loadConfig({}).limits).toEqual({
      apiRate: { quota: 600_000_000, windowMs: 60_000 },
      messageRate: null,
      unknownKeyRate: { quota: 60_000, windowMs: 60_000 },
      operationTimeoutMs: 30_000,
      persistedDocuments: null,
      introspection: true,
      origins: [],
      trustedProxies: 0,
      connections: {
        maxConnections: 10_000,
        maxConnectionsPerAddress: 1_000,
        headersTimeoutMs: 10_000,
        requestTimeoutMs: 30_000,
        idleTimeoutMs: 120_000,
      },
    });
  });

  it('are read from settings', () => {
    const { limits } = loadConfig({
      RATE_LIMIT_API: 'off',
      RATE_LIMIT_MESSAGES: '5000/10',
      API_ORIGINS: 'https://console.example.com, http://localhost:3000',
      INTROSPECTION: '0',
      TRUSTED_PROXIES: '1',
    });
    expect(limits).toMatchObject({
      apiRate: null,
      messageRate: { quota: 5_000, windowMs: 10_000 },
      introspection: false,
      trustedProxies: 1,
    });
    expect(limits.connections.maxConnectionsPerAddress).toBe(0);
    expect(limits.origins).toEqual(['https://console.example.com', 'http://localhost:3000']);
  });

  it('are refused where they say nothing, or less than one query may cost', () => {
    const faults = faultsOf({
      RATE_LIMIT_API: '1000/60',
      RATE_LIMIT_MESSAGES: '5 a second',
      RATE_LIMIT_UNKNOWN_KEYS: '0/60',
      API_ORIGINS: 'https://console.example.com/path',
      INTROSPECTION: 'no',
      IDLE_TIMEOUT_MS: '1',
    });
    expect(faults.map((fault) => fault.split(' ')[0])).toEqual([
      'RATE_LIMIT_API',
      'RATE_LIMIT_MESSAGES',
      'RATE_LIMIT_UNKNOWN_KEYS',
      'INTROSPECTION',
      'API_ORIGINS',
      'IDLE_TIMEOUT_MS',
    ]);
    for (const fault of faults) expect(fault).toMatch(/^[A-Z_]+ must .+\.$/);
  });
});

it('keeps metrics to this machine and sends no traces unless it is told to', () => {
  expect(loadConfig({})).toMatchObject({ metricsToken: null, metricsPort: null, isTraced: false, isEmbedded: true });
  expect(loadConfig({ METRICS_PORT: '9464', METRICS_TOKEN: 'a-token-of-the-scraper' })).toMatchObject({ metricsPort: 9464 });
  expect(faultsOf({ METRICS_PORT: '0', METRICS_TOKEN: 'short' })).toEqual([
    'METRICS_TOKEN must be 16 to 200 visible ASCII characters.',
    'METRICS_PORT must be a whole number from 1 to 65535.',
  ]);
});

it.each([
  [{ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector:4318' }, true],
  [{ OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'https://collector/v1/traces' }, true],
  [{ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector:4318', OTEL_SDK_DISABLED: 'true' }, false],
])('sends traces where OpenTelemetry’s own variables say so: %j', (environment, isTraced) => {
  expect(loadConfig(environment).isTraced).toBe(isTraced);
});

it('keeps the traces that OpenTelemetry’s own variables say', () => {
  expect(loadConfig({}).traceSampler).toEqual({ root: 'always_on', ratio: 1, isParentBased: true });
  const ratio = { OTEL_TRACES_SAMPLER: 'traceidratio', OTEL_TRACES_SAMPLER_ARG: '0.25' };
  expect(loadConfig(ratio).traceSampler).toEqual({ root: 'traceidratio', ratio: 0.25, isParentBased: false });
  expect(faultsOf({ OTEL_TRACES_SAMPLER: 'sometimes', OTEL_TRACES_SAMPLER_ARG: '2' }).map((fault) => fault.split(' ')[0])).toEqual([
    'OTEL_TRACES_SAMPLER',
    'OTEL_TRACES_SAMPLER_ARG',
  ]);
});
