import { refuseFaultySettings } from '../../../src/intake/webhooks/sourceSettings';
import { told } from './told';
import { FIXTURES, vendorFixture } from './vendorFixture';

const isVendors = (type: string) => (who: string) => who.startsWith(`${type}.`);

describe.each(FIXTURES)('with an idNamespace, a delivery (%s)', (name) => {
  const { type, bodyText, headers } = vendorFixture(name);
  const as = (settings: object) => told(type, bodyText, { headers, settings: settings as Record<string, string> }).interactions;

  it("is about the same people, but for the vendor's own ids, which are another portal's", () => {
    const plain = as({});
    const expected = plain.map((interaction) => ({
      ...interaction,
      who: interaction.who.map((each) => (isVendors(type)(each) ? `${each}:eu` : each)),
    }));
    expect(as({ idNamespace: 'eu' })).toEqual(expected);
    expect(expected.every(({ who }) => who.length > 0)).toBe(true);
  });
});

it('two portals that number their contacts alike have two customers, and one that names neither has its ids as before', () => {
  const { type, bodyText, headers } = vendorFixture('hubspot-contact-propertychange');
  const idsIn = (settings: Record<string, string>) =>
    told(type, bodyText, { headers, settings }).interactions.flatMap(({ who }) => who.filter(isVendors('hubspot')));
  const [plain, eu, us] = [idsIn({}), idsIn({ idNamespace: 'eu' }), idsIn({ idNamespace: 'us' })];
  expect(plain.length).toBeGreaterThan(0);
  expect(new Set([...plain, ...eu, ...us]).size).toBe(3 * new Set(plain).size);
});

it.each(['', 'EU', 'a b', 'a:b', 'x'.repeat(33), 7, null])('settings may not have %j for it', (idNamespace) => {
  expect(() => refuseFaultySettings('hubspot', { idNamespace })).toThrow(/idNamespace must be/);
  expect(() => refuseFaultySettings('hubspot', { idNamespace: 'eu-2' })).not.toThrow();
});
