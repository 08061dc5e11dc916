import fc from 'fast-check';
import { mergeTouchChunks, withoutIdentifiers } from '../../../src/measures/touches/rewriteChunks';
import { compareTouches, type Touch } from '../../../src/measures/touches/touch';
import { encodeTouchChunk, type TouchChunk } from '../../../src/measures/touches/touchChunk';
import { decodeMessageIds, decodeTouchColumns, touchesOf } from '../../../src/measures/touches/touchColumns';
import { anyTouch, aTouch, MONDAY_MS } from './builders';

const read = (chunk: TouchChunk) => touchesOf(decodeTouchColumns(chunk.columns), decodeMessageIds(chunk.messageIds));
const inOrder = (touches: readonly Touch[]) => [...touches].sort(compareTouches);
/** As equal touches may stand either way, they are compared as texts in any order. */
const asSet = (touches: readonly Touch[]) =>
  touches.map((touch) => JSON.stringify({ ...touch, identifierId: `${touch.identifierId}` })).sort();
const someTouches = fc.array(anyTouch, { minLength: 1, maxLength: 30 });

it('gives back exactly the touches it was made of, by time and then by message id', () => {
  fc.assert(
    fc.property(someTouches, (touches) => {
      const back = read(encodeTouchChunk(touches));
      expect(asSet(back)).toEqual(asSet(touches));
      expect(back.map(({ messageId, occurredAtMs }) => [occurredAtMs, messageId])).toEqual(
        inOrder(touches).map(({ messageId, occurredAtMs }) => [occurredAtMs, messageId]),
      );
    }),
  );
});

it('knows how many touches it has, the first and the last time', () => {
  const chunk = encodeTouchChunk([aTouch({ occurredAtMs: MONDAY_MS + 5 }), aTouch(), aTouch({ occurredAtMs: MONDAY_MS + 1 })]);
  expect(chunk).toMatchObject({ touches: 3, firstAtMs: MONDAY_MS, lastAtMs: MONDAY_MS + 5 });
});

it('is read the same from bytes that are not aligned', () => {
  const touches = [aTouch({ name: 'Ä😀' }), aTouch({ sentiment: -1, identifierId: -5n })];
  const chunk = encodeTouchChunk(touches);
  const shifted = (bytes: Buffer) => Buffer.concat([Buffer.alloc(3), bytes]).subarray(3);
  const columns = decodeTouchColumns(shifted(chunk.columns));
  expect(touchesOf(columns, decodeMessageIds(shifted(chunk.messageIds)))).toEqual(touches);
});

it('is the same whichever order its touches came in', () => {
  fc.assert(
    fc.property(someTouches, fc.infiniteStream(fc.nat()), (touches, keys) => {
      const distinct = [...new Map(touches.map((touch) => [`${touch.occurredAtMs} ${touch.messageId}`, touch])).values()];
      const shuffled = distinct.map((touch) => ({ touch, key: keys.next().value })).sort((left, right) => left.key - right.key);
      expect(encodeTouchChunk(shuffled.map(({ touch }) => touch)).messageIds).toEqual(encodeTouchChunk(distinct).messageIds);
    }),
  );
});

it('holds after merging what the merged ones held', () => {
  fc.assert(
    fc.property(fc.array(someTouches, { minLength: 1, maxLength: 5 }), (parts) => {
      expect(asSet(read(mergeTouchChunks(parts.map(encodeTouchChunk))))).toEqual(asSet(parts.flat()));
    }),
  );
});

it('has nothing of erased identifiers any more, neither their touches nor their message ids', () => {
  fc.assert(
    fc.property(someTouches, (touches) => {
      const left = withoutIdentifiers(encodeTouchChunk(touches), new Set([1n]));
      expect(left === null ? [] : asSet(read(left as TouchChunk))).toEqual(
        asSet(touches.filter(({ identifierId }) => identifierId !== 1n)),
      );
    }),
  );
});

it('stays the chunk it is where it holds none of the erased', () => {
  const chunk = encodeTouchChunk([aTouch({ identifierId: 7n })]);
  expect(withoutIdentifiers(chunk, new Set([1n]))).toBe(chunk);
});

it('refuses bytes of a version it does not know', () => {
  const { columns } = encodeTouchChunk([aTouch()]);
  columns.writeUInt32LE(9, 0);
  expect(() => decodeTouchColumns(columns)).toThrow('version 9');
});

it('refuses to be empty', () => {
  expect(() => encodeTouchChunk([])).toThrow(RangeError);
});
