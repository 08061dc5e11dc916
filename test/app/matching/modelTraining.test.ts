import { learn } from '../../../src/app/matching/learn';
import { MATCH_FIELDS } from '../../../src/profile/matchTexts';
import { ADA, ADA_AGAIN, MatchingWorld } from './matchingWorld';

// A model is estimated in earnest: seconds, more beside other suites.
jest.setTimeout(120_000);

const REVIEW = { reviewFrom: 0.8, joinFrom: null };
const NAMES = [
  'Alma',
  'Bruno',
  'Clara',
  'Dario',
  'Edith',
  'Franz',
  'Greta',
  'Hugo',
  'Irma',
  'Jonas',
  'Karla',
  'Ludwig',
  'Mina',
  'Nora',
  'Otto',
  'Paula',
];

/** Many who have little in common. */
function crowd(size: number): Record<string, object> {
  const person = (n: number) => ({
    firstName: NAMES[n % NAMES.length],
    lastName: `${NAMES[(n * 7) % NAMES.length]}${NAMES[(n * 3 + 1) % NAMES.length]}son`.toLowerCase(),
    birthday: `${1940 + (n % 60)}-${String(1 + (n % 12)).padStart(2, '0')}-${String(1 + (n % 28)).padStart(2, '0')}`,
    email: `p${n}@mail${n % 9}.test`,
    address: { street: `${n} ${NAMES[n % 16]} road`, city: NAMES[n % 11], postalCode: String(10_000 + (n % 170)) },
  });
  return Object.fromEntries(Array.from({ length: size }, (_, n) => [`v${n}`, person(n)]));
}

it('learns a model from the profiles once there are enough, compares all of them by it, and does not learn again soon', async () => {
  const asked: number[] = [];
  const matched = await MatchingWorld.create(REVIEW, (records) => {
    asked.push(records.length);
    return Promise.resolve(learn(records));
  });
  await matched.people({ ...crowd(520), a1: ADA, a2: ADA_AGAIN });
  await matched.drain();
  await matched.training.settled();
  await matched.drain();
  expect(asked).toEqual([522]);
  const [stored] = await matched.world.query<{ profiles: number; fields: number; examined: boolean }>(
    `select profiles::int, json_array_length(model -> 'fields') as fields, is_examined as examined from match_model`,
  );
  expect(stored).toEqual({ profiles: 522, fields: MATCH_FIELDS.length, examined: true });
  const found = await matched.candidates();
  expect(found.some(({ comparisons }) => comparisons.some(({ right, left }) => [left, right].includes('lovelase')))).toBe(true);
  expect(found.length).toBeLessThan(20);
  await matched.world.close();
});

it('does not learn from too few', async () => {
  const matched = await MatchingWorld.create(REVIEW);
  await matched.people(crowd(30));
  await matched.drain();
  await matched.training.settled();
  expect(await matched.world.query('select from match_model where trained_at is not null')).toEqual([]);
  await matched.world.close();
});
