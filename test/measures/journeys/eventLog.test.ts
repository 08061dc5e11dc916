import { directlyFollows, type EventLog, variantsOf } from '../../../src/measures/journeys/eventLog';
import { pathLog } from '../../../src/measures/journeys/pathLog';
import { repeatsOf } from '../../../src/measures/journeys/repeats';
import type { Touch } from '../../../src/measures/touches/touch';
import { MONDAY_MS, pathsOfCustomers } from '../touches/builders';

function logOf(traces: readonly (readonly string[])[]): EventLog {
  const activities = [...new Set(traces.flat())];
  let length = 0;
  return {
    activities,
    starts: Uint32Array.from([0, ...traces.map((trace) => (length += trace.length))]),
    events: Uint32Array.from(traces.flat(), (activity) => activities.indexOf(activity)),
  };
}

/** L1 of van der Aalst, Process Mining (2016): [⟨a,b,c,d⟩³, ⟨a,c,b,d⟩², ⟨a,e,d⟩]. */
const L1 = logOf(['abcd', 'acbd', 'aed', 'abcd', 'acbd', 'abcd'].map((trace) => [...trace]));

it('counts the variants of the log L1', () => {
  expect(variantsOf(L1).map(({ activities, cases }) => [activities.join(''), cases])).toEqual([
    ['abcd', 3],
    ['acbd', 2],
    ['aed', 1],
  ]);
});

it('counts what follows directly in the log L1', () => {
  expect(Object.fromEntries(directlyFollows(L1).map(({ from, to, count }) => [from + to, count]))).toEqual({
    ab: 3,
    ac: 2,
    ae: 1,
    bc: 3,
    bd: 2,
    cb: 2,
    cd: 3,
    ed: 1,
  });
});

it('counts a repetition in one case each time', () => {
  expect(directlyFollows(logOf([['a', 'a', 'a']]))).toEqual([{ from: 'a', to: 'a', count: 2 }]);
});

it('joins nothing across cases', () => {
  expect(directlyFollows(logOf([['a'], ['b']]))).toEqual([]);
});

it('counts no empty cases', () => {
  expect(variantsOf({ activities: ['a'], starts: Uint32Array.from([0, 0, 1]), events: Uint32Array.from([0]) })).toHaveLength(1);
});

it('tells apart as many activities as there are', () => {
  const activities = Array.from({ length: 70_000 }, (_, index) => String(index));
  const log = { activities, starts: Uint32Array.from([0, 1, 2]), events: Uint32Array.from([4464, 4464 + 65_536]) };
  expect(variantsOf(log)).toHaveLength(2);
});

it('counts how often tickets were reopened', () => {
  const log = logOf([['open', 'solved', 'reply', 'solved', 'reply', 'solved'], ['open', 'solved'], ['open', 'solved', 'solved'], ['open']]);
  expect(repeatsOf(log, 'solved')).toEqual({ activity: 'solved', cases: 3, repeatedCases: 2, repeats: 3, rate: 2 / 3 });
});

it('knows no rate of an activity that never came', () => {
  expect(repeatsOf(L1, 'z')).toEqual({ activity: 'z', cases: 0, repeatedCases: 0, repeats: 0, rate: null });
});

it('makes a log of customers’ paths, as far as their first steps', async () => {
  const path = (letters: string): Partial<Touch>[] => [...letters].map((name, index) => ({ name, occurredAtMs: MONDAY_MS + index }));
  const paths = await pathsOfCustomers([path('aabc'), [], path('abcd')]);
  const shown = (collapse: boolean) =>
    variantsOf(pathLog(paths, { level: 'NAME', maxSteps: 3, collapse })).map(({ activities, cases }) => [activities.join(''), cases]);
  expect(shown(false)).toEqual([
    ['aab', 1],
    ['abc', 1],
  ]);
  expect(shown(true)).toEqual([['abc', 2]]);
});
