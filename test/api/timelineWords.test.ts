import pg from 'pg';
import { identifierId } from '../../src/identity/identifierId';
import { INTERACTION_KINDS, type InteractionKind } from '../../src/kernel/vocabulary';
import { readTimelineWords } from '../../src/storage/statements/readTimelineWords';
import type { Statement } from '../../src/storage/statements/statement';
import type { Row, WorkspaceConnections } from '../../src/storage/workspaceConnections';
import { ApiUnderTest } from './apiUnderTest';
import { NOON_MS, WorkspaceBuilder } from './workspaceBuilder';

const FIRST_ID = '00000000-0000-0000-0000-000000000000';
const LAST_ID = 'ffffffff-ffff-ffff-ffff-ffffffffffff';
const LENGTH = 8_000;
const SAID = ['CONVERSATION_OPENED', 'CONVERSATION_REPLIED', 'FEEDBACK_GIVEN'];

let api: ApiUnderTest;
let acme: WorkspaceBuilder;
let key: string;
let blindKey: string;

const said = (seconds: number, comment: string, more: object = {}) => ({
  atMs: NOON_MS + seconds * 1000,
  kind: 'CONVERSATION_REPLIED' as InteractionKind,
  name: 'Ticket Replied',
  properties: { comment },
  ...more,
});
const TELLING = [
  said(1, 'The burrs of the grinder jam.'),
  said(2, 'Kaffeemühle ohne Wackeln', { owner: 1 }),
  said(3, 'Jammed again: BURRS!', { kind: 'CONVERSATION_OPENED', name: 'Ticket Opened' }),
  said(4, 'Burrs and jam', { kind: 'PAGE_VIEWED', name: 'Page', properties: { title: 'Burrs and jam' } }),
  said(5, 'МОСКВА ждёт', { owner: 1, kind: 'FEEDBACK_GIVEN', name: 'Feedback Given' }),
  said(6, 'burrs, jamming', { owner: 1 }),
];

beforeAll(async () => {
  api = await ApiUnderTest.start();
  acme = await WorkspaceBuilder.create(api.database.owner, 'Acme');
  key = await acme.apiKey();
  blindKey = await acme.apiKey('profiles:read');
  await acme.profile({ identifiers: ['ada', 'second'].map((value) => ({ type: 'user_id', value })), interactions: TELLING });
  await chatter('ada', LENGTH, acme.workspaceId);
  await acme.profile({ identifiers: [{ type: 'user_id', value: 'quiet' }], interactions: [said(1, 'Kaffeemühle'), said(2, 'Mühle')] });
  const other = await WorkspaceBuilder.create(api.database.owner, 'Other');
  await other.profile({ identifiers: [{ type: 'user_id', value: 'ada' }], interactions: [said(1, 'burrs jam')] });
  await api.database.owner.query('vacuum analyze interaction');
}, 120_000);
afterAll(() => api.stop());

/** So much that was said besides, and as many pages as replies. */
async function chatter(value: string, length: number, workspaceId: number): Promise<void> {
  const kinds = ['CONVERSATION_REPLIED', 'PAGE_VIEWED'].map((kind) => INTERACTION_KINDS.indexOf(kind as InteractionKind));
  const values = [workspaceId, identifierId('user_id', value), length, new Date(NOON_MS), kinds];
  await api.database.owner.query(
    `insert into interaction (workspace_id, interaction_id, identifier_id, occurred_at, received_at, source_id, kind, department, channel, direction,
       name, message_id, properties)
     select $1, gen_random_uuid(), $2, $4::timestamptz - i * interval '1 minute', now(), 1, ($5::smallint[])[1 + i % 2], 1, 2, 0, 'Told', 'm' || i,
       json_build_object('comment', 'word ' || translate(i::text, '0123456789', 'abcdefghkl') || ' of many that somebody told')
     from generate_series(1, $3) as i`,
    values,
  );
  await api.database.owner.query(
    'update identifier set interactions = interactions + $3 where workspace_id = $1 and identifier_id = $2',
    values.slice(0, 3),
  );
}

/** What PostgreSQL did for what was said by Ada, its plans of the statement and within functions; as the role of the API, behind the wall. */
async function explained(word: string) {
  const client = new pg.Client({ connectionString: api.database.url });
  await client.connect();
  const plans: string[] = [];
  client.on('notice', ({ message }) => plans.push(message ?? ''));
  try {
    await client.query(`load 'auto_explain'; set auto_explain.log_min_duration = 0; set auto_explain.log_analyze = on;
      set auto_explain.log_nested_statements = on; set client_min_messages = log; set role throughline_app`);
    await client.query(`select set_config('throughline.workspace_id', $1, false)`, [acme.workspaceId]);
    plans.length = 0;
    const identifierIds = ['ada', 'second'].map((value) => String(identifierId('user_id', value)));
    const kinds = SAID.map((kind) => INTERACTION_KINDS.indexOf(kind as InteractionKind));
    const everything = {
      departments: null,
      channels: null,
      names: null,
      olderThan: ['infinity', LAST_ID],
      newerThan: ['-infinity', FIRST_ID],
    } as const;
    const connections: WorkspaceConnections = {
      run: async <T extends Row>(_workspaceId: number, { text }: Statement, values: readonly unknown[]) =>
        (await client.query({ text, values: [...values], rowMode: 'array' })).rows as unknown as readonly T[],
    };
    const asked = { identifierIds, words: [word], saidKinds: kinds, limit: 50, end: 'newest' } as const;
    const { interactions } = await readTimelineWords(connections, acme.workspaceId, asked, { ...everything, kinds });
    return { plans: plans.join('\n'), comments: interactions.map(({ properties }) => properties) };
  } finally {
    await client.end();
  }
}

const QUERY = `query ($who: String!, $first: Int, $after: String, $last: Int, $before: String, $filter: TimelineFilter) {
  profile(identifier: { type: "user_id", value: $who }) {
    timeline(first: $first, after: $after, last: $last, before: $before, filter: $filter) {
      totalCount nodes { id properties } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    } } }`;

async function ask(text: string, filter: object = {}, variables: object = {}, by = key) {
  const { data, codes } = await api.query(by, QUERY, { who: 'ada', first: 50, ...variables, filter: { ...filter, text } });
  expect(codes).toEqual([]);
  return data.profile.timeline;
}
const found = async (...asked: Parameters<typeof ask>) =>
  (await ask(...asked)).nodes.map(
    ({ properties }: { properties: { comment?: string; title?: string } }) => properties.comment ?? `page ${properties.title}`,
  );

describe('text on a long timeline', () => {
  it.each([
    [
      'words as they begin, all of them, in any order and case, merged with what was not said',
      'JAM burr',
      ['burrs, jamming', 'page Burrs and jam', 'Jammed again: BURRS!', 'The burrs of the grinder jam.'],
    ],
    ['letters that are no ASCII', 'москва', ['МОСКВА ждёт']],
    ['parts of words where nobody said them as words', 'mühle', ['Kaffeemühle ohne Wackeln']],
    ['no parts of words where somebody said the word', 'jam again', ['Jammed again: BURRS!']],
    ['words of summaries and names, and digits, as on every other timeline', 'opened ticket', ['Jammed again: BURRS!']],
    ['nothing that only another workspace has', 'elsewhere', []],
  ])('finds %s', async (_what, text, comments) => {
    const timeline = await ask(text);
    expect(timeline.totalCount).toBe(comments.length);
    expect(await found(text)).toEqual(comments);
  });

  it('goes together with the other filters', async () => {
    const at = (seconds: number) => new Date(NOON_MS + seconds * 1000).toISOString();
    expect(await found('burrs', { kinds: ['CONVERSATION_REPLIED'] })).toEqual(['burrs, jamming', 'The burrs of the grinder jam.']);
    expect(await found('burrs', { from: at(3), to: at(6) })).toEqual(['page Burrs and jam', 'Jammed again: BURRS!']);
    expect(await found('burrs', { names: ['Ticket Opened'] })).toEqual(['Jammed again: BURRS!']);
    expect(await found('burrs', { departments: ['MARKETING'], channels: ['POSTAL'] })).toEqual([]);
  });

  it.each([{ kinds: SAID }, {}])('pages both ways without repeating or skipping, by %j', async (filter) => {
    const all = await found('burrs', filter);
    const forward: string[] = [];
    const backward: string[] = [];
    for (let after = null, more = true; more; ) {
      const { nodes, pageInfo, totalCount } = await ask('burrs', filter, { first: 1, after });
      expect(totalCount).toBe(all.length);
      forward.push(
        ...nodes.map(
          ({ properties }: { properties: { comment?: string; title?: string } }) => properties.comment ?? `page ${properties.title}`,
        ),
      );
      [after, more] = [pageInfo.endCursor, pageInfo.hasNextPage];
    }
    for (let before = null, more = true; more; ) {
      const { nodes, pageInfo } = await ask('burrs', filter, { first: null, last: 1, before });
      backward.unshift(
        ...nodes.map(
          ({ properties }: { properties: { comment?: string; title?: string } }) => properties.comment ?? `page ${properties.title}`,
        ),
      );
      [before, more] = [pageInfo.startCursor, pageInfo.hasPreviousPage];
    }
    expect([forward, backward]).toEqual([all, all]);
  });

  it('never goes by the index for who sees what was said masked', async () => {
    const names = await api.statementsOf(() => found('burrs', {}, {}, blindKey));
    expect(names.filter((name) => name.startsWith('read_timeline_words'))).toEqual([]);
    expect((await ask('burrs', { kinds: SAID }, {}, blindKey)).totalCount).toBe(0);
  });

  it('takes one statement where words are indexed, however long it is', async () => {
    const names = await api.statementsOf(() => found('burrs', { kinds: SAID }));
    expect(names.filter((name) => name.startsWith('read_timeline'))).toEqual(['read_timeline_words_from_the_newest']);
  });

  it('reads no more than what the index of words finds', async () => {
    const { plans, comments } = await explained('burr');
    expect(comments).toHaveLength(3);
    expect(plans).toMatch(/Bitmap Index Scan on interaction_words[^\n]*\(actual [^\n]*rows=4\b/);
    const others = [...plans.matchAll(/Scan using (?!interaction_pkey)[^\n]*/g)].map(([line]) => line);
    expect(others.filter((line) => !line.includes('(never executed)'))).toEqual([]);
  });
});

it('a short timeline is looked through: parts of words are found beside words', async () => {
  const names = await api.statementsOf(async () => {
    expect(await found('mühle', {}, { who: 'quiet' })).toEqual(['Mühle', 'Kaffeemühle']);
  });
  expect(names.filter((name) => name.startsWith('read_timeline'))).toEqual(['read_timelines_from_the_newest']);
});
