import { getIntrospectionQuery } from 'graphql';
import { ApiUnderTest } from './apiUnderTest';
import { WorkspaceBuilder } from './workspaceBuilder';

it.each([
  [true, 200, []],
  [false, 400, ['GRAPHQL_VALIDATION_FAILED']],
])('where introspection is allowed: %s, answers questions about the schema with %s', async (introspection, status, codes) => {
  const api = await ApiUnderTest.start({ limits: { introspection } });
  const key = await (await WorkspaceBuilder.create(api.database.owner, 'Acme')).apiKey();
  const answer = await api.query(key, getIntrospectionQuery());
  expect({ status: answer.status, codes: [...new Set(answer.codes)] }).toEqual({ status, codes });
  expect(await api.query(key, '{ ingestion { processed } __typename }')).toMatchObject({ status: 200, codes: [] });
  await api.stop();
});
