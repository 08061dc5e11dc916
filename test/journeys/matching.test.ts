import { eventually } from './eventually';
import { System } from './system';

jest.setTimeout(120_000);

let system: System;
beforeAll(async () => {
  system = await System.start();
});
afterAll(() => system.stop());

const ADA = {
  firstName: 'Ada',
  lastName: 'Lovelace',
  birthday: '1985-12-10',
  address: { street: '12 Analytical Lane', city: 'London', postalCode: 'W1A 1AA' },
};

const identify = (anonymousId: string, traits: object) => ({ type: 'identify', messageId: `identify-${anonymousId}`, anonymousId, traits });

const CANDIDATES = `{ matchCandidates {
  totalCount
  nodes { id probability left { displayName email } right { email } comparisons { field left right level matchWeight } }
} }`;

it('finds a customer who is there twice, shows why, and makes one of both; those of the same household stay apart', async () => {
  const on = await system.graphql('mutation { setMatchSettings(input: { reviewFrom: 0.8 }) { settings { reviewFrom } } }');
  expect(on.codes).toEqual([]);
  await system.take([
    identify('phone', { ...ADA, email: 'ada@example.com' }),
    identify('laptop', { ...ADA, lastName: 'Lovelase', email: 'al1815@mail.test' }),
    identify('tablet', { ...ADA, firstName: 'William', birthday: '1981-02-21', email: 'william@example.com' }),
  ]);
  await eventually('the pair is proposed', async () => (await system.graphql(CANDIDATES)).data.matchCandidates.totalCount > 0);
  const { matchCandidates } = (await system.graphql(CANDIDATES)).data;
  expect(matchCandidates.totalCount).toBe(1);
  const [candidate] = matchCandidates.nodes;
  expect([candidate.left.email, candidate.right.email].sort()).toEqual(['ada@example.com', 'al1815@mail.test']);
  const decided = await system.graphql(
    `mutation { decideMatch(input: { candidateId: "${candidate.id}", accept: true }) { profile { identifiers { value } } } }`,
  );
  expect(decided.codes).toEqual([]);
  const values = decided.data.decideMatch.profile.identifiers.map(({ value }: { value: string }) => value).sort();
  expect(values).toEqual(['ada@example.com', 'al1815@mail.test', 'laptop', 'phone']);
  expect(system.faults()).toEqual([]);
});
