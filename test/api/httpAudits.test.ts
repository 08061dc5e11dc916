import { serverAudits } from 'graphql-http';
import { ApiUnderTest } from './apiUnderTest';
import { WorkspaceBuilder } from './workspaceBuilder';

/** The audits of GraphQL over HTTP: every MUST, SHOULD and MAY. */
describe.each(['development', 'production'])('with NODE_ENV=%s', (environment) => {
  const own = process.env['NODE_ENV'];
  let api: ApiUnderTest;
  let key: string;

  beforeAll(async () => {
    process.env['NODE_ENV'] = environment;
    api = await ApiUnderTest.start();
    key = await (await WorkspaceBuilder.create(api.database.owner, 'Acme')).apiKey();
  });
  afterAll(async () => {
    process.env['NODE_ENV'] = own;
    await api.stop();
  });

  const audits = serverAudits({
    url: () => api.url,
    fetchFn: (url: string, init: RequestInit = {}) =>
      fetch(url, { ...init, headers: { ...(init.headers as Record<string, string>), authorization: `Bearer ${key}` } }),
  });

  it.each(audits.map((audit) => [audit.name, audit] as const))('%s', async (_name, audit) => {
    expect(await audit.fn()).toMatchObject({ status: 'ok' });
  });
});
