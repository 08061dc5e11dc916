import { aTrack } from '../intake/builders';
import { ask } from './client';
import { basic, serveAllTests, WRITE_KEY } from './server';

let missing: readonly string[] = [];
const explode = async () => Promise.reject(new Error('password=hunter2'));
const served = serveAllTests({
  readiness: () => Promise.resolve(missing),
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
    expect(await ask(served.server.port, { path: '/readyz' })).toMatchObject({ status: 200 });
    missing = ['The database cannot be reached.'];
    const answer = await ask(served.server.port, { path: '/readyz' });
    expect([answer.status, JSON.parse(answer.text)]).toEqual([503, { status: 'not ready', missing }]);
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
