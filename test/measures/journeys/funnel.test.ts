import fc from 'fast-check';
import { funnel } from '../../../src/measures/journeys/funnel';
import type { Paths } from '../../../src/measures/touches/paths';
import type { Touch } from '../../../src/measures/touches/touch';
import { DAY_MS, HOUR_MS, MONDAY_MS, pathsOfCustomers } from '../touches/builders';

/** A path of touches at hours, such as `0a 5b`. */
const path = (text: string): Partial<Touch>[] =>
  text
    .split(' ')
    .filter(Boolean)
    .map((touch) => ({ name: touch.slice(-1), occurredAtMs: MONDAY_MS + Number(touch.slice(0, -1)) * HOUR_MS }));

async function through(steps: string, customers: readonly string[], withinHours = 24) {
  const paths: Paths = await pathsOfCustomers(customers.map(path));
  const matches = [...steps].map((name) => (touch: number) => paths.nameTexts[paths.names[touch]!] === name);
  return funnel(paths, matches, withinHours * HOUR_MS);
}

const reached = async (steps: string, customers: readonly string[], withinHours?: number) =>
  (await through(steps, customers, withinHours)).map(({ customers: count }) => count);

it('counts who took the steps in order, others in between or not', async () => {
  expect(await reached('abc', ['0a 1b 2c', '0a 1x 2b', '0a 1c 2b', '0b 1c'])).toEqual([3, 3, 1]);
});

it('counts each customer once, however often they came through', async () => {
  expect(await reached('ab', ['0a 1b 2a 3b'])).toEqual([1, 1]);
});

it('counts the window from the first step, and leaves out what comes exactly at its end', async () => {
  expect(await reached('abc', ['0a 20b 23c'])).toEqual([1, 1, 1]);
  expect(await reached('abc', ['0a 20b 24c'])).toEqual([1, 1, 0]);
});

it('begins anew with a later first step where that one leads farther', async () => {
  expect(await reached('abc', ['0a 10a 20b 30c'])).toEqual([1, 1, 1]);
});

it('does not let a later first step spoil a way that is under way', async () => {
  expect(await reached('abc', ['0a 5b 6a 7c'])).toEqual([1, 1, 1]);
});

it('takes no touch for two steps', async () => {
  expect(await reached('aa', ['0a', '0a 1a'])).toEqual([2, 1]);
});

it('tells the share of those at the step before and of those at the first', async () => {
  const steps = await through('abc', ['0a 1b 2c', '0a 1b', '0a', '0a']);
  expect(steps.map(({ conversion, overallConversion }) => [conversion, overallConversion])).toEqual([
    [1, 1],
    [0.5, 0.5],
    [0.5, 0.25],
  ]);
});

it('knows no share where nobody came to the step before', async () => {
  const steps = await through('abc', ['0x']);
  expect(steps.map(({ customers, conversion, medianMinutes }) => [customers, conversion, medianMinutes])).toEqual([
    [0, null, null],
    [0, null, null],
    [0, null, null],
  ]);
});

it('tells the median of the minutes since the step before', async () => {
  const steps = await through('ab', ['0a 1b', '0a 3b', '0a 10b', '0a']);
  expect(steps.map(({ medianMinutes }) => medianMinutes)).toEqual([null, 180]);
});

/** The definition, tried out: every choice of touches. */
function farthest(letters: readonly (readonly [number, string])[], steps: string, withinHours: number): number {
  const from = (index: number, step: number, startHour: number): number => {
    let best = step;
    for (let next = index; next < letters.length && step < steps.length; next++) {
      const [hour, name] = letters[next]!;
      const start = step === 0 ? hour : startHour;
      if (name === steps[step] && hour - start < withinHours) best = Math.max(best, from(next + 1, step + 1, start));
    }
    return best;
  };
  return from(0, 0, 0);
}

it('finds the farthest way of all there are', async () => {
  const touches = fc.array(fc.tuple(fc.nat(40), fc.constantFrom('a', 'b', 'c')), { maxLength: 12 });
  await fc.assert(
    fc.asyncProperty(touches, fc.constantFrom('abc', 'aab', 'aba', 'ca'), async (unordered, steps) => {
      const ordered = [...new Map(unordered.map((touch) => [touch[0], touch])).values()].sort((left, right) => left[0] - right[0]);
      const counts = await reached(steps, [ordered.map(([hour, name]) => `${hour}${name}`).join(' ')], 10);
      expect(counts.filter((count) => count === 1)).toHaveLength(farthest(ordered, steps, 10));
    }),
  );
});

it('sees nothing outside the window of the report', async () => {
  const paths = await pathsOfCustomers([path('0a 20b')], { fromMs: MONDAY_MS, toMs: MONDAY_MS + DAY_MS / 2 });
  const isB = (touch: number) => paths.nameTexts[paths.names[touch]!] === 'b';
  expect(funnel(paths, [isB], DAY_MS)[0]?.customers).toBe(0);
});
