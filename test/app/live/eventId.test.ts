import fc from 'fast-check';
import { decodeEventId, encodeEventId, type StreamKind } from '../../../src/app/live/eventId';
import { Refusal } from '../../../src/kernel/refusals';

const KINDS: readonly StreamKind[] = ['profile', 'interactions', 'allInteractions', 'change'];
const place = fc.record({
  transactionId: fc.bigInt({ min: 0n, max: 2n ** 63n - 1n }),
  changeId: fc.option(fc.uuid()),
  sinceMs: fc.nat({ max: Date.UTC(2100, 0, 1) }),
});

it('reads back the place that an id was made of', () => {
  fc.assert(
    fc.property(fc.constantFrom(...KINDS), place, (kind, given) => {
      expect(decodeEventId(kind, encodeEventId(kind, given))).toEqual(given);
    }),
  );
});

it('takes the id of one kind of stream for no other', () => {
  const given = { transactionId: 7n, changeId: null, sinceMs: 1 };
  for (const kind of KINDS) {
    for (const other of KINDS.filter((one) => one !== kind))
      expect(() => decodeEventId(other, encodeEventId(kind, given))).toThrow(Refusal);
  }
});

it('refuses whatever else is sent, with INVALID_CURSOR', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.stringMatching(/^c[0-9a-z]{0,20}-[0-9a-z]{0,20}$/)), (text) => {
      try {
        decodeEventId('change', text);
      } catch (error) {
        expect(error).toMatchObject({ code: 'INVALID_CURSOR' });
      }
    }),
  );
});
