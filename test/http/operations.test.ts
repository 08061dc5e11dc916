import type { CheckResult } from '../../src/http/readinessReport';
import { aTrack } from '../intake/builders';
import { ask } from './client';
import { basic, serveAllTests, startServer, WRITE_KEY } from './server';

let checks: readonly CheckResult[] = [{ name: 'database', status: 'ok' }];
const explode = async () => Promise.reject(new Error('password=hunter2'));
const served = serveAllTests({
  readiness: () => Promise.resolve({ isReady: checks.every(({ status }) => status !== 'fail'), checks }),
  plugins: [
    (app) => {
      app.post('/echo', (request, reply) => reply.send(request.body));
      app.get('/explode', explode);
      return Promise.resolve();
    },
  ],
});

describe('the operator', () => {
  it('learns that the process is up', async () => {
    expect(await ask(served.server.port, { path: '/healthz' })).toMatchObject({ status: 200, text: '{"status":"up"}' });
  });

  it('learns whether it wants requests, and what it lacks', async () => {
    const ready = await ask(served.server.port, { path: '/readyz' });
    expect([ready.status, JSON.parse(ready.text)]).toEqual([200, { status: 'ready', checks }]);
    checks = [{ name: 'database', status: 'fail', reason: 'The database can not be reached.' }];
    const answer = await ask(served.server.port, { path: '/readyz' });
    expect([answer.status, JSON.parse(answer.text)]).toEqual([503, { status: 'not ready', checks }]);
  });

  it('can count what was accepted, what was refused and why, and how long it took', async () => {
    const authorization = basic(WRITE_KEY);
    const batch = [aTrack(), aTrack(), aTrack({ userId: null })];
    await ask(served.server.port, { method: 'POST', path: '/v1/batch', headers: { authorization }, body: JSON.stringify({ batch }) });
    await ask(served.server.port, { method: 'POST', path: '/v1/batch', headers: { authorization: basic('nobody') }, body: '{}' });
    const { text } = await ask(served.server.port, { path: '/metrics' });
    expect(text).toContain('throughline_messages_accepted_total 2');
    expect(text).toContain('throughline_refusals_total{code="MESSAGE_WITHOUT_ID"} 1');
    expect(text).toContain('throughline_refusals_total{code="UNAUTHENTICATED"} 1');
    expect(text).toContain('throughline_commit_requests_count 1');
    expect(text).toContain('throughline_http_request_seconds_count{area="intake",status="200"} 1');
  });

  it('reads metrics from this machine alone while there is no token, also behind a proxy on it', async () => {
    expect((await ask(served.server.port, { path: '/metrics' })).status).toBe(200);
    for (const header of ['x-forwarded-for', 'forwarded', 'x-real-ip']) {
      const answer = await ask(served.server.port, { path: '/metrics', headers: { [header]: '203.0.113.7' } });
      expect([answer.status, JSON.parse(answer.text).error.code]).toEqual([403, 'FORBIDDEN']);
    }
  });

  it('says the token where there is one, from wherever', async () => {
    const metricsToken = 'a-token-of-the-scraper';
    const guarded = await startServer(served.database, { metricsToken });
    const read = (headers: Record<string, string>) => ask(guarded.port, { path: '/metrics', headers });
    expect((await read({})).status).toBe(401);
    expect((await read({ authorization: 'Bearer something-else-entirely' })).status).toBe(401);
    const scraper = { authorization: `Bearer ${metricsToken}`, 'x-forwarded-for': '203.0.113.7' };
    expect((await read(scraper)).status).toBe(200);
    await guarded.close();
  });
});

describe('a plugin', () => {
  it('parses bodies its own way', async () => {
    const headers = { 'content-type': 'application/json' };
    expect((await ask(served.server.port, { method: 'POST', path: '/echo', headers, body: '{"a":1}' })).text).toBe('{"a":1}');
  });

  it('that fails tells the client nothing of the server’s insides, and the server everything', async () => {
    const answer = await ask(served.server.port, { path: '/explode' });
    expect(answer.status).toBe(500);
    expect(JSON.parse(answer.text)).toEqual({
      success: false,
      error: { code: 'INTERNAL', reason: 'A fault of the server, which it has noted.' },
    });
    expect(served.server.faults).toMatchObject([{ message: 'password=hunter2' }]);
  });
});
