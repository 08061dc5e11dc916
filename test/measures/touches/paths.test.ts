import fc from 'fast-check';
import { INTERACTION_KINDS } from '../../../src/kernel/vocabulary';
import { frequentNames } from '../../../src/measures/touches/frequentNames';
import type { Paths } from '../../../src/measures/touches/paths';
import { renamePaths } from '../../../src/measures/touches/renamePaths';
import { compareTouches, type Touch } from '../../../src/measures/touches/touch';
import { ALWAYS, anyTouch, aTouch, DAY_MS, indexOf, MONDAY_MS, pathsOfChunks } from './builders';

const TWO_CUSTOMERS = [
  [1n, -(2n ** 63n)],
  [2n, 2n ** 63n - 1n],
];

function namesOf(paths: Paths): string[][] {
  const customers = Array.from({ length: paths.customers.size }, (_, customer) => customer);
  return customers.map((customer) =>
    [...paths.names.subarray(paths.starts[customer], paths.starts[customer + 1])].map((name) => paths.nameTexts[name]!),
  );
}

/** What paths are by definition. */
function expectedNames(touches: readonly Touch[], window = ALWAYS): string[][] {
  const within = touches.filter(({ occurredAtMs }) => occurredAtMs >= window.fromMs && occurredAtMs < window.toMs);
  return TWO_CUSTOMERS.map((own) =>
    within
      .filter(({ identifierId }) => own.includes(identifierId))
      .sort(compareTouches)
      .map(({ name }) => name),
  );
}

it('are each customer’s touches by time and message id, however the touches fell into chunks', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.array(anyTouch, { minLength: 1, maxLength: 20 }), { maxLength: 5 }), async (chunks) => {
      expect(namesOf(await pathsOfChunks(chunks, indexOf(TWO_CUSTOMERS)))).toEqual(expectedNames(chunks.flat()));
    }),
  );
});

it('hold what lies in the window, which is half-open', async () => {
  const window = { fromMs: MONDAY_MS + DAY_MS, toMs: MONDAY_MS + 3 * DAY_MS };
  await fc.assert(
    fc.asyncProperty(fc.array(anyTouch, { minLength: 1, maxLength: 40 }), async (touches) => {
      expect(namesOf(await pathsOfChunks([touches], indexOf(TWO_CUSTOMERS), window))).toEqual(expectedNames(touches, window));
    }),
  );
});

it('are in order for a customer with many touches that came in reverse', async () => {
  const touches = Array.from({ length: 500 }, (_, minute) => aTouch({ occurredAtMs: MONDAY_MS - minute, name: `${minute}` }));
  const chunks = touches.map((touch) => [touch]);
  expect(namesOf(await pathsOfChunks(chunks, indexOf([[1n]])))[0]).toEqual(touches.map(({ name }) => name).reverse());
});

it('carry every column of a touch', async () => {
  const touch = {
    kind: 'ORDER_PLACED',
    department: 'SALES',
    channel: 'SMS',
    direction: 'INTERNAL',
    name: 'Bought',
    sentiment: 0.25,
  } as const;
  const paths = await pathsOfChunks([[aTouch({ name: 'A' }), aTouch({ ...touch, occurredAtMs: MONDAY_MS + 1 })]], indexOf([[1n]]));
  expect({
    kind: INTERACTION_KINDS[paths.kinds[1]!],
    department: paths.departments[1],
    channel: paths.channels[1],
    direction: paths.directions[1],
    name: paths.nameTexts[paths.names[1]!],
    sentiments: [...paths.sentiments],
  }).toEqual({ kind: 'ORDER_PLACED', department: 1, channel: 4, direction: 2, name: 'Bought', sentiments: [-128, 25] });
});

it('leave out touches of identifiers that nobody holds', async () => {
  expect(namesOf(await pathsOfChunks([[aTouch({ identifierId: 5n })]], indexOf([[1n]])))).toEqual([[]]);
});

it('find the customer of a profile by its id', () => {
  const index = indexOf([[1n], [2n], [3n]]);
  const profileId = (first: number) => Buffer.from([0, 0, 0, first, ...Array(12).fill(0)]);
  expect([0, 1, 2, 3].map((first) => index.customerOfProfile(profileId(first)))).toEqual([0, 1, 2, -1]);
});

it('tell apart as many names as they are to, the most frequent', async () => {
  const touches = [...'aabbbcd'].map((name, minute) => aTouch({ name, occurredAtMs: MONDAY_MS + minute }));
  const paths = await pathsOfChunks([touches], indexOf([[1n]]));
  expect(namesOf(frequentNames(paths, 2))).toEqual([['a', 'a', 'b', 'b', 'b', '(other)', '(other)']]);
  expect(namesOf(frequentNames(paths, 4))).toEqual([[...'aabbbcd']]);
});

it('go on under other names, of which several may become one', async () => {
  const touches = [...'abc'].map((name, minute) => aTouch({ name, occurredAtMs: MONDAY_MS + minute }));
  const paths = renamePaths(await pathsOfChunks([touches], indexOf([[1n]])), (name) => (name === 'b' ? 'b' : 'x'));
  expect([namesOf(paths), paths.nameTexts]).toEqual([[['x', 'b', 'x']], ['b', 'x']]);
});
