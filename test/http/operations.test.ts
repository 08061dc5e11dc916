import { createTestDatabase, type TestDatabase } from '../database';
import { aTrack } from '../intake/builders';
import { ask } from './client';
import { basic, type RunningServer, seedWorkspaces, startServer, WRITE_KEY } from './server';

let database: TestDatabase;
let server: RunningServer;
let missing: readonly string[] = [];
beforeAll(async () => {
  database = await createTestDatabase();
  await seedWorkspaces(database);
  const explode = async () => Promise.reject(new Error('password=hunter2'));
  server = await startServer(database, {
    readiness: () => Promise.resolve(missing),
    plugins: [
      (app) => {
        app.post('/echo', (request, reply) => reply.send(request.body));
        app.get('/explode', explode);
        return Promise.resolve();
      },
    ],
  });
});
afterAll(async () => {
  await server.close();
  await database.drop();
});

describe('the operator', () => {
  it('learns that the process is up', async () => {
    expect(await ask(server.port, { path: '/healthz' })).toMatchObject({ status: 200, text: '{"status":"up"}' });
  });

  it('learns whether it wants requests, and what it lacks', async () => {
    expect(await ask(server.port, { path: '/readyz' })).toMatchObject({ status: 200 });
    missing = ['The database cannot be reached.'];
    const answer = await ask(server.port, { path: '/readyz' });
    expect([answer.status, JSON.parse(answer.text)]).toEqual([503, { status: 'not ready', missing }]);
  });

  it('can count what was accepted, what was refused and why, and how long it took', async () => {
    const authorization = basic(WRITE_KEY);
    const batch = [aTrack(), aTrack(), aTrack({ userId: null })];
    await ask(server.port, { method: 'POST', path: '/v1/batch', headers: { authorization }, body: JSON.stringify({ batch }) });
    await ask(server.port, { method: 'POST', path: '/v1/batch', headers: { authorization: basic('nobody') }, body: '{}' });
    const { text } = await ask(server.port, { path: '/metrics' });
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
    expect((await ask(server.port, { method: 'POST', path: '/echo', headers, body: '{"a":1}' })).text).toBe('{"a":1}');
  });

  it('that fails tells the client nothing of the server’s insides, and the server everything', async () => {
    const answer = await ask(server.port, { path: '/explode' });
    expect(answer.status).toBe(500);
    expect(JSON.parse(answer.text)).toEqual({
      success: false,
      error: { code: 'INTERNAL', reason: 'A fault of the server, which it has noted.' },
    });
    expect(server.faults).toMatchObject([{ message: 'password=hunter2' }]);
  });
});
