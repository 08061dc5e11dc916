import { parse, validate } from 'graphql';
import { EXAMPLES, graphiqlPage } from '../../src/api/graphiqlPage';
import { buildSchema } from '../../src/api/schema';
import { ApiUnderTest } from './apiUnderTest';

let api: ApiUnderTest;
beforeAll(async () => {
  api = await ApiUnderTest.start({ devApiKey: 'tl_api_development' });
});
afterAll(() => api.stop());

it('serves GraphiQL to a browser, with everything in it and leave to fetch nothing else', async () => {
  const answer = await fetch(api.url, { headers: { accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8' } });
  const page = await answer.text();
  expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
  expect(answer.headers.get('content-security-policy')).toMatch(/script-src 'sha256-[^']+';.*connect-src 'self'.*frame-ancestors 'none'/);
  expect(page).toMatch(/^<!doctype html>/i);
  expect(page).toContain('Bearer tl_api_development');
  const head = page.slice(0, page.indexOf('<script>'));
  expect(head).not.toMatch(/(src|href)="(https?:)?\/\//);
  expect(page).not.toMatch(/<(script|link|img)[^>]+(src|href)="(https?:)?\/\//);
});

it('answers a GET that is no browser as an API', async () => {
  const answer = await fetch(`${api.url}?query={ingestion{processed}}`, {
    headers: { accept: 'application/json', 'apollo-require-preflight': '1' },
  });
  expect(answer.status).toBe(401);
  expect(await answer.json()).toMatchObject({ errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] });
});

it('names no key where none is given', async () => {
  expect((await graphiqlPage(null)).html).toContain('Bearer YOUR-API-KEY');
});

it.each(EXAMPLES)('offers only examples that the schema knows', (example) => {
  expect(validate(buildSchema(), parse(example))).toEqual([]);
});
