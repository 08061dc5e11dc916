import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { CHANNELS, DIRECTIONS, INTERACTION_KINDS } from '../../src/kernel/vocabulary';
import { EVENT_SPEC_ROWS } from '../../src/timeline/eventSpecs';
import { indexedWords, SAID_KINDS } from '../../src/timeline/saidWords';
import { summarise } from '../../src/timeline/summarise';
import { wordsToFind } from '../../src/timeline/textMatch';

const isIndexed = (text: string) => indexedWords(wordsToFind(text)) !== null;

it.each(['burrs', 'jamming burrs', 'Mühle', 'МОСКВА', 'grinder GRINDS', '커피'.repeat(2)])(
  'an index of words may answer for %j',
  (text) => {
    expect(isIndexed(text)).toBe(true);
  },
);

it.each([
  ['a part of a number', '1209'],
  ['an amount', 'burrs 59.90'],
  ['a language without spaces', '請問我的訂單'],
  ['another one', 'ตะวันออก'],
  ['punctuation', 'jam-med'],
  ['too few letters for a word', 'ja'],
  ['a word of summaries', 'replied'],
  ['a part of one', 'burrs custom'],
  ['a word of names', 'submitted'],
  ['a letter that is small in two ways', 'ΟΔΟΣ'],
])('an index of words may not answer for %s: %j', (_what, text) => expect(isIndexed(text)).toBe(false));

it('the index holds the words of those kinds and of no others', () => {
  const schema = readFileSync(join(__dirname, '../../schema/database.sql'), 'utf8');
  const kinds = /CREATE INDEX interaction_words .* WHERE \(kind = ANY \(ARRAY\[([\d, ]+)\]\)\)/.exec(schema)?.[1]?.split(', ') ?? [];
  expect(kinds.map((kind) => INTERACTION_KINDS[Number(kind)]).sort()).toEqual([...SAID_KINDS].sort());
});

/** What the customer says here is in Cyrillic letters, so that Latin ones are the summary's own. */
it('whatever a summary of those kinds says of its own, it is not looked for in the index', () => {
  const value = fc.oneof(fc.stringMatching(/^[б-я ]{1,20}$/), fc.nat(100_000), fc.boolean());
  const property = fc.constantFrom(
    ...['subject', 'comment', 'message', 'score', 'scale_max', 'survey_type', 'survey_name', 'reason', 'duration_seconds', 'agent_name'],
    ...['escalated_to', 'author_name', 'assignee', 'wait_seconds'],
  );
  const told = fc.record({
    kind: fc.constantFrom(...SAID_KINDS),
    name: fc.constantFrom('б', ...EVENT_SPEC_ROWS.filter(([, kind]) => SAID_KINDS.has(kind)).flatMap(([names]) => names)),
    properties: fc.dictionary(property, value),
    subject: fc.option(
      fc.record({ type: fc.constantFrom('ticket', 'case', 'chat', 'call', 'conversation', 'order'), externalId: fc.constant('бвг') }),
    ),
    channel: fc.constantFrom(...CHANNELS),
    direction: fc.constantFrom(...DIRECTIONS),
  });
  fc.assert(
    fc.property(told, (interaction) => {
      const words = `${summarise(interaction)} ${interaction.name}`.match(/[a-z]{3,}/gi) ?? [];
      for (const word of words) expect([word, isIndexed(word)]).toEqual([word, false]);
    }),
    { numRuns: 2000 },
  );
});
