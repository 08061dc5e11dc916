import { ask, noted, takeNotes } from '../processing/asking';
import { anEvent, ExperienceWorld } from './experienceWorld';

const HOUR_MS = 3_600_000;

let experience: ExperienceWorld;
beforeEach(async () => {
  experience = await ExperienceWorld.create();
});
afterEach(() => experience.close());

const told = () =>
  experience.world.query<{ profile_id: string; friction_kind: string; data: object }>(
    `select profile_id, friction_kind, data from change where type = 'friction.detected' order by change_id`,
  );
/** Twice, which is a sign. */
const paymentsFail = (userId: string, minutesBefore: number) =>
  [minutesBefore + 5, minutesBefore].map((minutes) =>
    anEvent(userId, 'Payment Failed', minutes, { invoice_id: `i-${userId}`, amount: 10, currency: 'EUR' }),
  );

describe('an evaluation', () => {
  it('tells of each sign of friction once, without the words', async () => {
    await experience.hear(...paymentsFail('ada', 30));
    await experience.evaluate();
    const [sign] = await experience.world.query<{ signal_key: string; kind: string; severity: string }>('select * from friction_signal');
    const expected = [
      {
        profile_id: await experience.profileOf('ada'),
        friction_kind: sign?.kind,
        data: { signalKey: sign?.signal_key, kind: sign?.kind, severity: sign?.severity },
      },
    ];
    expect(sign?.kind).toBe('FAILED_PAYMENT');
    expect(await told()).toEqual(expected);
    await experience.hear(anEvent('ada', 'Product Viewed', 10));
    await experience.evaluateFromNothing();
    expect(await told()).toEqual(expected);
  });

  it('does not tell again of a sign that another profile has now, nor when it has its own again', async () => {
    const visit = paymentsFail('ada', 30).map((each) => ({ ...each, userId: null, anonymousId: 'visitor' }));
    await experience.hear(...visit, anEvent('bob', 'Order Completed', 40, { order_id: 'o1', total: 5, currency: 'EUR' }));
    await experience.evaluate();
    expect(await told()).toHaveLength(1);
    const [visitor] = await told();
    const bob = await experience.profileOf('bob');
    const wanted = { profileIds: [bob, visitor?.profile_id as string], survivorId: bob, reason: null };
    const { mergeIds } = await experience.desk.mergeProfiles(1, wanted, experience.author());
    await experience.evaluate();
    expect(await experience.world.query('select profile_id from friction_signal')).toEqual([{ profile_id: bob }]);
    await experience.evaluate();
    await experience.desk.undoMerge(1, mergeIds[0] as string, experience.author());
    await experience.evaluate();
    expect(await told()).toHaveLength(1);
  });

  it('does not tell of what was found in what happened more than a day ago', async () => {
    await experience.hear(...paymentsFail('ada', 30));
    experience.nowMs += 24 * HOUR_MS;
    await experience.evaluate();
    expect(await experience.world.query('select kind from friction_signal')).toHaveLength(1);
    expect(await told()).toEqual([]);
  });

  it('notes who was evaluated where a segment asks for a measure, and nobody where none does', async () => {
    await experience.hear(...paymentsFail('ada', 30));
    await takeNotes(experience.world);
    await experience.evaluate();
    expect(await takeNotes(experience.world)).toEqual([]);
    await ask(experience.world, { segments: { sore: { measure: 'openFriction', op: 'gte', value: 1 } } });
    await experience.hear(...paymentsFail('bob', 20));
    await takeNotes(experience.world);
    await experience.evaluate();
    expect(await noted(experience.world)).toMatchObject({ profileIds: [], dueIds: [await experience.profileOf('bob')], events: [] });
  });
});
