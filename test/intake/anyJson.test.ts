import fc from 'fast-check';
import { admitMessages } from '../../src/intake/admitMessages';
import { openBody } from '../../src/intake/openBody';
import { readMessages } from '../../src/intake/readMessages';
import { REFUSALS, Refusal } from '../../src/kernel/refusals';
import { createTestDatabase, type TestDatabase } from '../database';
import { NOW_MS } from './builders';

/** Half-right messages: proper fields with anything in them, nasty text everywhere. */
const nastyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom('\0', '\ud800', '\udfff\ud800', '__proto__', '', ' ', '9007199254740993', 'NaN', '\ufeff', '😀', "';--"),
);
const anything = fc.anything({ key: nastyText, values: [nastyText, fc.double(), fc.boolean(), fc.constant(null)], maxDepth: 3 });
const message = fc.oneof(
  { weight: 1, arbitrary: anything },
  {
    weight: 9,
    arbitrary: fc.record(
      {
        type: fc.oneof(
          { weight: 9, arbitrary: fc.constantFrom('track', 'identify', 'page', 'screen', 'group', 'alias') },
          { weight: 1, arbitrary: nastyText },
        ),
        messageId: fc.oneof(nastyText, fc.constant(undefined)),
        userId: fc.oneof({ weight: 4, arbitrary: nastyText }, { weight: 1, arbitrary: anything }),
        anonymousId: nastyText,
        previousId: nastyText,
        groupId: nastyText,
        event: nastyText,
        timestamp: fc.oneof(fc.constant('2026-11-22T10:00:00.000Z'), fc.date({ noInvalidDate: true }), nastyText, fc.double()),
        properties: fc.oneof(fc.dictionary(nastyText, anything), anything),
        traits: fc.dictionary(nastyText, anything),
        context: fc.dictionary(nastyText, anything),
      },
      { requiredKeys: ['type'] },
    ),
  },
);
const body = fc.array(message, { maxLength: 5 }).map((batch) => JSON.stringify({ batch }));

const received = (text: string) => ({ sourceId: 1, receivedAtMs: NOW_MS, call: null, body: Buffer.from(text) });
const isMessageCode = (code: string): boolean => code in REFUSALS && 'message' in REFUSALS[code as keyof typeof REFUSALS];
let letters = 0;
const newId = (): string => `00000000-0000-7000-8000-${String(++letters).padStart(12, '0')}`;

describe('whatever JSON comes in', () => {
  it('is accepted or refused with a code, and the worker reads exactly what the door accepted', () => {
    fc.assert(
      fc.property(body, (text) => {
        const { entry, rejected, deadLetters } = admitMessages(openBody(received(text)), received(text), newId);
        const sent = (JSON.parse(text) as { batch: unknown[] }).batch.length;
        expect((entry?.messageCount ?? 0) + rejected.length).toBe(sent);
        expect(deadLetters).toHaveLength(rejected.length);
        expect(rejected.every(({ code }) => isMessageCode(code))).toBe(true);
        const read = entry === null ? { messages: [], refused: [] } : readMessages(entry, 1n);
        expect(read.refused).toEqual([]);
        expect(read.messages).toHaveLength(entry?.messageCount ?? 0);
      }),
      { numRuns: 500 },
    );
  });

  it('is read or refused as a whole, when it is no batch', () => {
    fc.assert(
      fc.property(fc.oneof(fc.json(), fc.string()), fc.constantFrom('track' as const, null), (text, call) => {
        try {
          const request = { ...received(text), call };
          admitMessages(openBody(request), request, newId);
        } catch (error) {
          if (!(error instanceof Refusal)) throw error;
          expect(error.code).toMatch(/^BODY_/);
        }
      }),
    );
  });
});

describe('whatever is accepted', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database.drop());

  it('comes back from PostgreSQL as it was, and so does every dead letter', async () => {
    const stored: string[] = [];
    for (const text of fc.sample(body, { numRuns: 300, seed: 20_261_122 })) {
      const { entry, deadLetters } = admitMessages(openBody(received(text)), received(text), newId);
      stored.push(...deadLetters.map((letter) => letter.message));
      if (entry) stored.push(...readMessages(entry, 1n).messages.map((read) => JSON.stringify(read)));
    }
    expect(stored.length).toBeGreaterThan(300);
    const { rows } = await database.owner.query<{ json: string; matches: boolean }>({
      text: 'select s.text::json::text as json, s.text::jsonb = s.text::json::jsonb as matches from unnest($1::text[]) as s (text)',
      values: [stored],
    });
    expect(rows.map(({ json }) => json)).toEqual(stored);
    expect(rows.every(({ matches }) => matches)).toBe(true);
  });
});
