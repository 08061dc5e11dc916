import { fitValue } from '../../../src/app/valueModel/fitValue';
import { ValueModelFitting } from '../../../src/app/valueModel/valueModelFitting';
import { Customer } from '../../../src/measures/customer';
import { USUAL_SETTINGS } from '../../../src/measures/settings';
import { readFittedValue } from '../../../src/measures/value/fittedValue';
import { fitValueModel } from '../../../src/measures/value/valueModel';
import { loadFacts } from '../../../src/storage/statements/readFacts';
import { inWorkspace } from '../../../src/storage/workspaceTransaction';
import { anEvent, ExperienceWorld } from '../experience/experienceWorld';

const DAY_MINUTES = 1440;

let experience: ExperienceWorld;
let fitting: ValueModelFitting;
beforeEach(async () => {
  experience = await ExperienceWorld.create();
  const { pool, clock } = experience.options;
  fitting = new ValueModelFitting({ pool, clock, learn: (toFit) => Promise.resolve(fitValue(toFit)) });
});
afterEach(() => experience.close());

const anOrder = (userId: string, daysBefore: number, total: number, currency = 'EUR') =>
  anEvent(userId, 'Order Completed', daysBefore * DAY_MINUTES, { order_id: `${userId}-${daysBefore}`, total, currency });
const stored = async () =>
  (
    await experience.world.query<{ model: string; customers: number; fitted_at: Date }>(
      'select model::text as model, customers, fitted_at from value_model',
    )
  )[0];

/** Customers who come back more or less often, some of them with a subscription. */
const orders = () =>
  Array.from({ length: 30 }, (_, customer) => [
    ...Array.from({ length: 1 + (customer % 5) }, (_, index) =>
      anOrder(`u${customer}`, 300 - customer - index * (20 + customer), 10.1 * (customer + index + 1)),
    ),
    ...(customer % 3 === 0
      ? [
          anEvent(`u${customer}`, 'Subscription Started', 290 * DAY_MINUTES, { subscription_id: 's' }),
          ...(customer % 2 === 0
            ? [anEvent(`u${customer}`, 'Subscription Cancelled', (200 - 5 * customer) * DAY_MINUTES, { subscription_id: 's' })]
            : []),
        ]
      : []),
  ]).flat();

it('learns from what is written down what the facts themselves would teach', async () => {
  await experience.hear(...orders());
  await experience.evaluate();
  await fitting.fit(1);
  const { model, customers, fitted_at } = (await stored())!;
  expect([customers, fitted_at.getTime()]).toEqual([30, experience.nowMs]);
  const profiles = await experience.world.query<{ ids: string[] }>(
    'select array_agg(identifier_id::text) as ids from identifier group by workspace_id, profile_id order by profile_id',
  );
  const facts = await inWorkspace(experience.world.pool, 1, 'snapshot', (client) =>
    loadFacts(client, 1, { profiles: profiles.map(({ ids }) => ids), untilMs: null }),
  );
  const basis = { nowMs: experience.nowMs, settings: USUAL_SETTINGS, sentimentOf: () => null };
  const taught = fitValueModel(facts.map((own) => new Customer({ ...basis, facts: own }).modelled));
  const fitted = readFittedValue(model);
  expect(fitted.model).toEqual(JSON.parse(JSON.stringify(taught)));
  expect(fitted.model.ordering?.logLikelihood).toBeLessThan(0);
  expect(fitted.model.spending['EUR']?.customers).toBeGreaterThan(10);
  expect(fitted.model.ending?.subscriptions).toBe(10);
  expect(fitted.cuts.frequency.length).toBeGreaterThan(0);
  expect(fitted.cuts.monetary['EUR']?.[0]?.currency).toBe('EUR');
});

it('learns nothing where nobody has ordered, and says so', async () => {
  await fitting.fit(1);
  const fitted = readFittedValue((await stored())!.model);
  expect(fitted.model).toEqual({ ordering: null, spending: {}, ending: null });
  expect((await stored())?.customers).toBe(0);
});

it('never lets an older fit stand over a newer one', async () => {
  await experience.hear(...orders());
  await experience.evaluate();
  await fitting.fit(1);
  const before = await stored();
  experience.nowMs -= 1;
  await fitting.fit(1);
  expect(await stored()).toEqual(before);
});

it('asks for a fit before its day when there are half as many customers again, and looks every ten seconds at most', async () => {
  expect(await fitting.hasGrown(1)).toBe(false);
  await experience.hear(anOrder('a', 9, 1), anOrder('b', 9, 1));
  await experience.evaluate();
  expect(await fitting.hasGrown(1)).toBe(false);
  experience.nowMs += 10_000;
  expect(await fitting.hasGrown(1)).toBe(true);
  await fitting.fit(1);
  experience.nowMs += 10_000;
  expect(await fitting.hasGrown(1)).toBe(false);
  await experience.hear(anOrder('c', 9, 1));
  await experience.evaluate();
  experience.nowMs += 10_000;
  expect(await fitting.hasGrown(1)).toBe(true);
});
