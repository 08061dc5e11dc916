import fc from 'fast-check';
import type { InteractionKind } from '../../src/kernel/vocabulary';
import { conversationsOf } from '../../src/measures/conversation';
import { isDone } from '../../src/measures/conversationLife';
import type { Fact } from '../../src/measures/fact';
import { aFact } from './conversationFacts';

const KINDS: readonly InteractionKind[] = [
  'CONVERSATION_OPENED',
  'CONVERSATION_REPLIED',
  'CONVERSATION_ASSIGNED',
  'CONVERSATION_ESCALATED',
  'CONVERSATION_ON_HOLD',
  'CONVERSATION_SOLVED',
  'CONVERSATION_REOPENED',
  'CONVERSATION_CLOSED',
  'CALL_STARTED',
  'CALL_ENDED',
  'CALL_ABANDONED',
  'BOT_REPLIED',
  'BOT_HANDED_OFF',
  'SURVEY_ANSWERED',
];

/** Few moments and few tickets, so that ties and meetings are frequent. */
const factArbitrary = fc
  .record({
    kind: fc.constantFrom(...KINDS),
    at: fc.integer({ min: 0, max: 12 }),
    id: fc.constantFrom({ ticket_id: '1' }, { ticket_id: '2' }, { call_id: '1' }, { chat_id: '1' }, {}),
    author_role: fc.constantFrom('customer', 'agent', 'bot'),
    isPublic: fc.boolean(),
    status: fc.constantFrom(undefined, undefined, undefined, 'open', 'pending', 'solved'),
    duration: fc.option(fc.integer({ min: 0, max: 8 }), { nil: undefined }),
    messageId: fc.integer({ min: 0, max: 999_999 }),
    sourceId: fc.constantFrom(1, 1, 2),
  })
  .map(({ kind, at, id, author_role, isPublic, status, duration, messageId, sourceId }): Fact => {
    const name = `${sourceId}-${messageId}`;
    const properties = { ...id, author_role, public: isPublic, status, duration_seconds: duration };
    return aFact(kind, at * 1000, properties, { messageId: name, sourceId });
  });

const factsArbitrary = fc.uniqueArray(factArbitrary, { selector: ({ messageId }) => messageId, maxLength: 25 });

describe('conversations of any facts', () => {
  it('are the same in whatever order and however often the facts come', () => {
    fc.assert(
      fc.property(
        factsArbitrary.chain((facts) =>
          fc.tuple(fc.constant(facts), fc.shuffledSubarray([...facts, ...facts], { minLength: facts.length * 2 })),
        ),
        ([facts, shuffled]) => {
          expect(conversationsOf(shuffled)).toEqual(conversationsOf(facts));
        },
      ),
    );
  });

  it('have spans without gaps from the opening on, the last one under way', () => {
    fc.assert(
      fc.property(factsArbitrary, (facts) => {
        for (const { spans, openedAtMs, status } of conversationsOf(facts)) {
          expect(spans[0]?.fromMs).toBe(openedAtMs);
          expect(spans.at(-1)).toMatchObject({ status, toMs: null });
          for (const [index, span] of spans.slice(0, -1).entries()) {
            expect(span.toMs).toBe(spans[index + 1]?.fromMs);
            expect(span.fromMs).toBeLessThan(span.toMs as number);
            expect(span.status).not.toBe(spans[index + 1]?.status);
          }
        }
      }),
    );
  });

  it('are reopened between two solutions, and solved or abandoned before they are done', () => {
    fc.assert(
      fc.property(factsArbitrary, (facts) => {
        for (const conversation of conversationsOf(facts)) {
          const { solvedAtMs, reopenedAtMs, reopens, status, isAbandonedCall } = conversation;
          expect(reopens).toBe(Math.max(0, solvedAtMs.length - 1));
          expect(reopenedAtMs.length).toBeGreaterThanOrEqual(reopens);
          expect([...solvedAtMs].sort((left, right) => left - right)).toEqual(solvedAtMs);
          if (isDone(status)) expect(solvedAtMs.length > 0 || isAbandonedCall).toBe(true);
        }
      }),
    );
  });

  it('leave no fact of a conversation out, and take none twice', () => {
    fc.assert(
      fc.property(factsArbitrary, (facts) => {
        const taken = conversationsOf(facts).flatMap((conversation) => conversation.facts.map(({ interactionId }) => interactionId));
        expect(new Set(taken).size).toBe(taken.length);
        const numbered = facts.filter(({ kind, subject }) => subject !== null && kind !== 'SURVEY_ANSWERED');
        expect(taken).toEqual(expect.arrayContaining(numbered.map(({ interactionId }) => interactionId)));
      }),
    );
  });
});
