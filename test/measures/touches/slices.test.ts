import { inSlices } from '../../../src/measures/touches/slices';

it.each([0, 1, 100_000, 250_001])('%s entries are gone through once, in order, and others have a turn after each slice', async (length) => {
  const happened: (readonly [number, number] | 'turn')[] = [];
  await inSlices(
    length,
    async () => void happened.push('turn'),
    (from, to) => happened.push([from, to]),
  );
  const slices = happened.filter((each) => each !== 'turn');
  expect(slices.reduce((end, [from, to]) => (from === end && to > from ? to : Number.NaN), 0)).toBe(length);
  expect(Math.max(0, ...slices.map(([from, to]) => to - from))).toBeLessThanOrEqual(100_000);
  expect(happened.map((each) => each === 'turn')).toEqual(slices.flatMap(() => [false, true]));
});
