import { areBalanced, booksOf } from '../../bench/fuzz/books';
import { Fuzzing } from '../../bench/fuzz/fuzzing';
import { prepareTarget } from '../../bench/fuzz/fuzzTarget';
import { System } from '../journeys/system';

jest.setTimeout(300_000);

/** `npm run fuzz -- --inputs 100000` sends more, and looks at the heap. */
const INPUTS = 2_000;
const SEED = 20_261_127;

let system: System;
beforeAll(async () => {
  system = await System.start();
});
/** Fails where a process logged a bug or did not end as it should. */
afterAll(() => system.stop());

it('answers whatever nonsense comes with something that is no fault of its own, and accounts for every message that it took', async () => {
  const { target, sparedIds } = await prepareTarget(system);
  const report = await Fuzzing.run(target, { seed: SEED, from: 0, to: INPUTS, sparedIds });
  expect(report.findings).toEqual([]);
  expect(report.sent).toBe(INPUTS);
  // Much of it must get past the door, or nothing behind it was tried.
  expect(report.answered.size).toBeGreaterThan(INPUTS / 20);
  expect(report.answers.get('query 200') ?? 0).toBeGreaterThan(INPUTS / 20);
  expect(report.answers.get('mutation 200') ?? 0).toBeGreaterThan(INPUTS / 100);
  expect(report.answers.get('webhook 200') ?? 0).toBeGreaterThan(INPUTS / 20);
  await system.settled();
  const books = await booksOf(report.answered, (statement, values) => system.ask(statement, values));
  expect({ ...books, areBalanced: areBalanced(books) }).toMatchObject({ missing: 0, twice: 0, inInbox: 0, areBalanced: true });
});
