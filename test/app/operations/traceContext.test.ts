import fc from 'fast-check';
import { spanContextOf, traceparentOf } from '../../../src/app/operations/traceContext';

const TRACE = 'ab'.repeat(16);
const SPAN = 'cd'.repeat(8);

it('reads what it writes', () => {
  const hex = (digits: number) => fc.stringMatching(new RegExp(`^[0-9a-f]{${digits - 1}}[1-9a-f]$`));
  fc.assert(
    fc.property(hex(32), hex(16), fc.integer({ min: 0, max: 255 }), (traceId, spanId, traceFlags) => {
      const context = { traceId, spanId, traceFlags, isRemote: true };
      expect(spanContextOf(traceparentOf(context))).toEqual(context);
    }),
  );
});

it('goes by the fields that it knows where a later version has more', () => {
  expect(spanContextOf(`01-${TRACE}-${SPAN}-01-more`)).toMatchObject({ traceId: TRACE, spanId: SPAN });
});

it.each([
  undefined,
  '',
  ['a', 'b'],
  `00-${TRACE}-${SPAN}`,
  `00-${TRACE}-${SPAN}-01-more`,
  `ff-${TRACE}-${SPAN}-01`,
  `00-${TRACE.toUpperCase()}-${SPAN}-01`,
  `00-${'0'.repeat(32)}-${SPAN}-01`,
  `00-${TRACE}-${'0'.repeat(16)}-01`,
  ` 00-${TRACE}-${SPAN}-01`,
])('begins a trace of its own where %j is sent', (traceparent) => {
  expect(spanContextOf(traceparent)).toBeNull();
});
