import fc from 'fast-check';
import type { Json } from '../../src/kernel/json';
import { businessMinutes } from '../../src/measures/businessHours';
import { replyDueMs, scheduleOf, USUAL_SETTINGS } from '../../src/measures/settings';
import { settingsFromJson } from '../../src/measures/settingsFromJson';

const due = (from: string, channel: Parameters<typeof replyDueMs>[1], json: Json = null) =>
  new Date(replyDueMs(Date.parse(from), channel, settingsFromJson(json).settings) ?? Number.NaN).toISOString();

describe('the settings of measures', () => {
  it('are the usual where nothing is set', () => {
    for (const nothing of [undefined, null, {}]) expect(settingsFromJson(nothing)).toEqual({ settings: USUAL_SETTINGS, faults: [] });
  });

  it('have targets by channel, e-mail by the clock of the business', () => {
    expect(due('2026-03-06T16:00Z', 'CHAT')).toBe('2026-03-06T16:02:00.000Z');
    expect(due('2026-03-06T16:00Z', 'PHONE')).toBe('2026-03-06T16:03:00.000Z');
    expect(due('2026-03-06T16:00Z', 'MESSENGER')).toBe('2026-03-06T16:30:00.000Z');
    expect(due('2026-03-06T16:00Z', 'EMAIL')).toBe('2026-03-09T16:00:00.000Z');
  });

  it('put schedules and days into the time zone of the workspace', () => {
    expect(due('2026-03-06T15:30Z', 'EMAIL', { timeZone: 'Europe/Berlin' })).toBe('2026-03-09T15:30:00.000Z');
    expect(settingsFromJson({ timeZone: 'Europe/Berlin' }).settings.defaultSchedule.timeZone).toBe('Europe/Berlin');
  });

  it('say when something becomes a sign of friction, and what makes which stage', () => {
    const { settings, faults } = settingsFromJson({
      friction: { unresolvedAfterMs: 3_600_000, negativeFrom: -0.2, lowCsatShare: 0.5 },
      lifecycle: { loyalOrders: 2, awareKinds: ['SIGNED_UP'], silence: { leastDays: 30 } },
    });
    expect(faults).toEqual([]);
    expect(settings.friction).toEqual({ ...USUAL_SETTINGS.friction, unresolvedAfterMs: 3_600_000, negativeFrom: -0.2, lowCsatShare: 0.5 });
    expect(settings.lifecycle).toEqual({
      ...USUAL_SETTINGS.lifecycle,
      loyalOrders: 2,
      awareKinds: ['SIGNED_UP'],
      silence: { ...USUAL_SETTINGS.lifecycle.silence, leastDays: 30 },
    });
  });

  it.each<[Json, string]>([
    [{ friction: { errors: 0 } }, 'friction.errors: must be a number above 0.'],
    [{ friction: { negativeFrom: 0.5 } }, 'friction.negativeFrom: must be a number from -1 to 0.'],
    [{ friction: { lowCsatShare: 2 } }, 'friction.lowCsatShare: must be a number from 0 to 1.'],
    [{ lifecycle: { trialDays: '30' } }, 'lifecycle.trialDays: must be a number above 0.'],
    [{ lifecycle: { silence: { percentile: 90 } } }, 'lifecycle.silence.percentile: must be a number from 0 to 1.'],
    [{ lifecycle: { awareKinds: ['SIGNED_UP', 'LIKED'] } }, 'lifecycle.awareKinds: must hold kinds of interactions only.'],
    [{ lifecycle: { awareKinds: 'SIGNED_UP' } }, 'lifecycle.awareKinds: must be a list.'],
  ])('tell of a threshold or rule that can not be: %j', (json, fault) => {
    const { settings, faults } = settingsFromJson(json);
    expect(faults).toEqual([fault]);
    expect(settings.friction).toEqual(USUAL_SETTINGS.friction);
    expect(settings.lifecycle.trialDays).toBe(USUAL_SETTINGS.lifecycle.trialDays);
  });

  it('give channels schedules of their own', () => {
    const { settings, faults } = settingsFromJson({
      schedules: {
        default: { hours: { monday: ['09:00-17:00'] } },
        hotline: { timeZone: 'Europe/Berlin', hours: { saturday: ['00:00-24:00'] }, holidays: ['2026-12-26'] },
      },
      channelSchedules: { PHONE: 'hotline' },
    });
    expect(faults).toEqual([]);
    const saturdays = [Date.parse('2026-12-18T23:00Z'), Date.parse('2026-12-31T00:00Z')] as const;
    expect(businessMinutes(...saturdays, scheduleOf('PHONE', settings))).toBe(24 * 60);
    expect(businessMinutes(...saturdays, scheduleOf('EMAIL', settings))).toBe(2 * 8 * 60);
  });

  it('take targets and weights, and leave the others as they are', () => {
    const { settings, faults } = settingsFromJson({
      replyTargets: { EMAIL: { minutes: 60 }, CHAT: { minutes: 5, clock: 'BUSINESS' } },
      healthWeights: { recency: 0, payment: 2 },
    });
    expect(faults).toEqual([]);
    expect(settings.replyTargets).toMatchObject({
      EMAIL: { minutes: 60, clock: 'CALENDAR' },
      CHAT: { minutes: 5, clock: 'BUSINESS' },
      PHONE: USUAL_SETTINGS.replyTargets.PHONE,
    });
    expect(settings.healthWeights).toEqual({ ...USUAL_SETTINGS.healthWeights, recency: 0, payment: 2 });
  });

  it('join hours that touch', () => {
    const { settings, faults } = settingsFromJson({ schedules: { default: { hours: { monday: ['12:00-17:00', '09:00-12:00'] } } } });
    expect(faults).toEqual([]);
    expect(settings.defaultSchedule.week[0]).toEqual([{ fromMinute: 540, toMinute: 1020 }]);
  });

  it('keep hours inside others as one', () => {
    const { settings, faults } = settingsFromJson({ schedules: { default: { hours: { monday: ['09:00-17:00', '10:00-12:00'] } } } });
    expect(faults).toHaveLength(1);
    expect(settings.defaultSchedule.week[0]).toEqual([{ fromMinute: 540, toMinute: 1020 }]);
  });

  it.each<[string, Json, string]>([
    ['no object', 7, 'settings: must be an object'],
    ['a name that is none', { bussinessHours: {} }, 'settings.bussinessHours: is not one of timeZone'],
    ['a zone that is none', { timeZone: 'Europe/Atlantis' }, 'timeZone: must be the IANA name'],
    ['a schedule that is none', { schedules: { default: 'always' } }, 'schedules.default: must be an object'],
    [
      'a day that is none',
      { schedules: { default: { hours: { caturday: [] } } } },
      'schedules.default.hours.caturday: is not one of monday',
    ],
    ['hours that are none', { schedules: { default: { hours: { monday: ['9-5'] } } } }, 'schedules.default.hours.monday: must hold hours'],
    ['hours over midnight', { schedules: { default: { hours: { monday: ['22:00-06:00'] } } } }, 'do not end after they begin'],
    ['hours after midnight', { schedules: { default: { hours: { monday: ['22:00-24:30'] } } } }, 'do not end after they begin'],
    ['hours that overlap', { schedules: { default: { hours: { monday: ['09:00-12:00', '11:00-13:00'] } } } }, 'has hours that overlap'],
    ['a list that is none', { schedules: { default: { hours: { monday: '09:00-17:00' } } } }, 'hours.monday: must be a list'],
    ['a date that is none', { schedules: { default: { holidays: ['2026-02-29'] } } }, 'not "2026-02-29"'],
    ['a schedule unknown', { channelSchedules: { PHONE: 'hotline' } }, 'channelSchedules.PHONE: must name one of the schedules'],
    ['a channel unknown', { replyTargets: { FAX: { minutes: 1 } } }, 'replyTargets.FAX: is not one of WEB'],
    ['a target of nothing', { replyTargets: { CHAT: { minutes: 0 } } }, 'replyTargets.CHAT.minutes: must be a number above 0'],
    ['a target of a lifetime', { replyTargets: { CHAT: { minutes: 1e9 } } }, 'replyTargets.CHAT.minutes: must be a number above 0'],
    [
      'a clock unknown',
      { replyTargets: { CHAT: { minutes: 1, clock: 'SUNDIAL' } } },
      'replyTargets.CHAT.clock: must be CALENDAR or BUSINESS',
    ],
    ['a target that is none', { replyTargets: { CHAT: 2 } }, 'replyTargets.CHAT: must be an object'],
    ['a weight below nothing', { healthWeights: { payment: -1 } }, 'healthWeights.payment: must be a number, 0 or above'],
    [
      'no weight at all',
      { healthWeights: { usageTrend: 0, satisfaction: 0, supportLoad: 0, payment: 0, recency: 0 } },
      'healthWeights: must have a part that weighs something',
    ],
  ])('say so of %s, and go on with the usual', (_what, json, fault) => {
    const read = settingsFromJson(json);
    expect(read.faults).toEqual([expect.stringContaining(fault)]);
    expect(read.settings.replyTargets).toEqual(USUAL_SETTINGS.replyTargets);
    expect(read.settings.healthWeights).toEqual(USUAL_SETTINGS.healthWeights);
    expect(read.settings.timeZone).toBe('UTC');
  });

  it('are settings whatever they are read from', () => {
    const wild = fc.dictionary(
      fc.constantFrom('timeZone', 'schedules', 'channelSchedules', 'replyTargets', 'healthWeights', 'x'),
      fc.oneof(fc.jsonValue(), fc.dictionary(fc.constantFrom('default', 'CHAT', 'recency', 'hours', 'minutes'), fc.jsonValue())),
    );
    fc.assert(
      fc.property(wild, (json) => {
        const { settings } = settingsFromJson(json as Json);
        expect(settings.defaultSchedule.week).toHaveLength(7);
        expect(replyDueMs(0, 'CHAT', settings)).toBeGreaterThan(0);
      }),
    );
  });
});
