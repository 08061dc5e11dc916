import { type Looked, TimelineSearch } from '../../../src/api/loaders/timelineSearch';
import type { InteractionRecord, TimelineReader, TimelineSelection } from '../../../src/api/ports/timelineReader';

const EVERYTHING: TimelineSelection = { departments: null, channels: null, kinds: null, names: null, olderThan: null, newerThan: null };

const anInteraction = (atMs: number, properties: string): InteractionRecord => ({
  interactionId: String(atMs),
  identifierId: '1',
  occurredAtMs: atMs,
  receivedAtMs: atMs,
  sourceId: 1,
  kind: 'CUSTOM',
  department: 'PRODUCT',
  channel: 'WEB',
  direction: 'INBOUND',
  name: 'Seen',
  messageId: String(atMs),
  subjectType: null,
  subjectId: null,
  properties,
});

/** A timeline with one interaction each millisecond, from 1 to `length`. Notes how many were asked for at a time. */
function readerOf(length: number, properties = '{}'): { reader: TimelineReader; limits: number[] } {
  const limits: number[] = [];
  const reader: TimelineReader = {
    readTimelines: (_workspaceId, _timelines, { olderThan, newerThan, limit, end }) => {
      limits.push(limit);
      const newest = Math.min(length, (olderThan?.occurredAtMs ?? Number.POSITIVE_INFINITY) - 1);
      const oldest = Math.max(1, (newerThan?.occurredAtMs ?? 0) + 1);
      const count = Math.max(0, Math.min(limit, newest - oldest + 1));
      return Promise.resolve([
        Array.from({ length: count }, (_, index) => anInteraction(end === 'newest' ? newest - index : oldest + index, properties)),
      ]);
    },
    readTimelineWords: () => Promise.reject(new Error('No index is asked.')),
    countTimelines: () => Promise.reject(new Error('The text is in no column.')),
    readFacts: () => Promise.reject(new Error('Text is looked for in all interactions.')),
    findConversationWords: () => Promise.reject(new Error('Text is looked for in all interactions.')),
    countConversationWords: () => Promise.reject(new Error('Text is looked for in all interactions.')),
    findInteractions: () => Promise.reject(new Error('Nothing is asked for by its id.')),
  };
  return { reader, limits };
}

const timesOf = (records: readonly InteractionRecord[]) => records.map((record) => record.occurredAtMs);
const everyThousandth: Looked = { identifierIds: ['1'], matches: (record) => record.occurredAtMs % 1000 === 0, indexedWords: null };

it.each([
  ['newest', [30_000, 29_000, 28_000]],
  ['oldest', [1000, 2000, 3000]],
] as const)('finds the first matches from the %s on', async (end, times) => {
  const search = new TimelineSearch(readerOf(30_000).reader, 1);
  expect(timesOf(await search.find(everyThousandth, { ...EVERYTHING, end, limit: 3 }))).toEqual(times);
});

it('keeps within the bounds, which are not in it, and counts all between them', async () => {
  const search = new TimelineSearch(readerOf(30_000).reader, 1);
  const between = {
    ...EVERYTHING,
    olderThan: { occurredAtMs: 20_000, interactionId: '' },
    newerThan: { occurredAtMs: 15_000, interactionId: '' },
  };
  expect(timesOf(await search.find(everyThousandth, { ...between, end: 'newest', limit: 99 }))).toEqual([19_000, 18_000, 17_000, 16_000]);
  expect(await search.count(everyThousandth, between)).toBe(4);
});

it('reads no further than what is found', async () => {
  const { reader, limits } = readerOf(1_000_000);
  await new TimelineSearch(reader, 1).find(everyThousandth, { ...EVERYTHING, end: 'newest', limit: 2 });
  expect(limits.length).toBeLessThanOrEqual(2);
});

it('reads fewer at a time where they are long', async () => {
  const short = readerOf(20_000);
  const long = readerOf(20_000, `{"text":"${'x'.repeat(30_000)}"}`);
  for (const { reader } of [short, long]) await new TimelineSearch(reader, 1).count(everyThousandth, EVERYTHING);
  expect(Math.max(...short.limits)).toBe(8_000);
  expect(Math.max(...long.limits)).toBeLessThan(300);
});

it('refuses to look through more than 250,000 interactions in one request', async () => {
  const search = new TimelineSearch(readerOf(250_000).reader, 1);
  expect(await search.count(everyThousandth, EVERYTHING)).toBe(250);
  await expect(search.count(everyThousandth, EVERYTHING)).rejects.toMatchObject({ code: 'QUERY_TOO_COMPLEX' });
});
