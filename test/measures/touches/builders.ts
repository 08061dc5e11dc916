import fc from 'fast-check';
import { CHANNELS, DEPARTMENTS, DIRECTIONS, INTERACTION_KINDS } from '../../../src/kernel/vocabulary';
import { type ActivityOptions, PeriodActivity } from '../../../src/measures/journeys/periodActivity';
import { CustomerIndex } from '../../../src/measures/touches/customerIndex';
import { type Paths, pathsOf } from '../../../src/measures/touches/paths';
import type { Touch } from '../../../src/measures/touches/touch';
import { encodeTouchChunk } from '../../../src/measures/touches/touchChunk';
import { decodeMessageIds, decodeTouchColumns } from '../../../src/measures/touches/touchColumns';

export const DAY_MS = 86_400_000;
export const HOUR_MS = 3_600_000;
export const MINUTE_MS = 60_000;
/** Monday, 1 June 2026. */
export const MONDAY_MS = Date.UTC(2026, 5, 1);
export const ALWAYS = { fromMs: 0, toMs: 2 ** 43 };

let messages = 0;

export function aTouch(fields: Partial<Touch> = {}): Touch {
  messages++;
  return {
    identifierId: 1n,
    occurredAtMs: MONDAY_MS,
    messageId: `message-${messages}`,
    kind: 'PAGE_VIEWED',
    department: 'MARKETING',
    channel: 'WEB',
    direction: 'INBOUND',
    name: 'Page Viewed',
    sentiment: null,
    ...fields,
  };
}

/** Each customer is a list of identifiers, numbered as they come here. */
export function indexOf(customers: readonly (readonly bigint[])[]): CustomerIndex {
  return new CustomerIndex(Buffer.concat(customers.flatMap((identifiers, customer) => identifiers.map((id) => pairOf(id, customer)))));
}

function pairOf(identifierId: bigint, customer: number): Buffer {
  const pair = Buffer.alloc(24);
  pair.writeBigInt64BE(identifierId, 0);
  pair.writeUInt32BE(customer, 8);
  return pair;
}

/** The paths of customers 0, 1, … with the identifiers 1n, 2n, …, whose touches are given; all in one chunk. */
export function pathsOfCustomers(customers: readonly (readonly Partial<Touch>[])[], window = ALWAYS): Promise<Paths> {
  const touches = customers.flatMap((own, customer) => own.map((touch) => aTouch({ identifierId: BigInt(customer + 1), ...touch })));
  return pathsOfChunks(touches.length === 0 ? [] : [touches], indexOf(customers.map((_, customer) => [BigInt(customer + 1)])), window);
}

export function pathsOfChunks(chunks: readonly (readonly Touch[])[], customers: CustomerIndex, window = ALWAYS): Promise<Paths> {
  const encoded = chunks.map(encodeTouchChunk);
  const columns = encoded.map((chunk) => decodeTouchColumns(chunk.columns));
  const loadMessageIds = (wanted: readonly number[]) =>
    Promise.resolve(new Map(wanted.map((chunk) => [chunk, decodeMessageIds(encoded[chunk]!.messageIds)])));
  return pathsOf(columns, customers, window, { loadMessageIds, takeTurn: () => Promise.resolve() });
}

/** The activity of customers 0, 1, … whose touches are given, from chunks of two touches. */
export function activityOfCustomers(customers: readonly (readonly Partial<Touch>[])[], options: ActivityOptions): PeriodActivity {
  const touches = customers.flatMap((own, customer) => own.map((touch) => aTouch({ identifierId: BigInt(customer + 1), ...touch })));
  const activity = new PeriodActivity(indexOf(customers.map((_, customer) => [BigInt(customer + 1)])), options);
  for (let from = 0; from < touches.length; from += 2)
    activity.add(decodeTouchColumns(encodeTouchChunk(touches.slice(from, from + 2)).columns));
  return activity;
}

/** Few identifiers, times and message ids, so that ties are frequent. */
export const anyTouch: fc.Arbitrary<Touch> = fc.record({
  identifierId: fc.constantFrom(1n, 2n, 3n, -(2n ** 63n), 2n ** 63n - 1n),
  occurredAtMs: fc.integer({ min: 0, max: 5 }).map((day) => MONDAY_MS + day * DAY_MS),
  messageId: fc.oneof(fc.constantFrom('a', 'b', 'c'), fc.string({ unit: 'grapheme', maxLength: 5 })),
  kind: fc.constantFrom(...INTERACTION_KINDS),
  department: fc.constantFrom(...DEPARTMENTS),
  channel: fc.constantFrom(...CHANNELS),
  direction: fc.constantFrom(...DIRECTIONS),
  name: fc.oneof(fc.constantFrom('Seen', 'Bought'), fc.string({ unit: 'grapheme', maxLength: 8 })),
  sentiment: fc.option(fc.integer({ min: -100, max: 100 }).map((steps) => steps / 100)),
});
