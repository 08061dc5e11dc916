import type { Json } from '../../src/kernel/json';
import { INTERACTION_KINDS } from '../../src/kernel/vocabulary';
import { compileSegments } from '../../src/segments/compileSegments';
import { evaluateSegments } from '../../src/segments/evaluateSegments';
import { computedTrait, DAY, evaluate, eventMap, eventsAt, HOUR, NOW, segment, spec, subject } from './builders';

const customer = subject({
  traits: {
    plan: 'pro',
    seats: 12,
    ratio: 1 / 3,
    email: 'ada@example.org',
    phone: 4915112345678,
    work_email: 'ada@work.example',
    callMe: '0151 2345678',
    lastName: 'Lovelace',
    tags: ['a', 'b'],
    trialEndsAt: '2026-12-01',
    remark: 'likes "red" things',
  },
  computed: { spent: { value: 99.5, nextAtMs: null }, mail: { value: 'ada@example.org', nextAtMs: null } },
  measures: { 'nps.latest': 9, lifecycleStage: 'LOYAL' },
  lastSeenAtMs: NOW - 12 * DAY,
  consents: { email: true, sms: false },
  accounts: [
    { externalId: 'acme', traits: { plan: 'team' } },
    { externalId: 'apex', traits: { plan: 'big', phone: '+49 151 12345678' } },
  ],
  events: eventMap(
    [spec('ORDER_PLACED'), eventsAt(NOW - DAY, NOW - 2 * DAY, NOW - 3 * DAY)],
    [spec('SURVEY_ANSWERED'), eventsAt(NOW - HOUR)],
  ),
});
const COMPUTED = [
  computedTrait('spent', { aggregate: 'sum', event: { kind: 'ORDER_PLACED' }, property: 'total' }),
  computedTrait('mail', { aggregate: 'last', event: { kind: 'ORDER_PLACED' }, property: 'email' }),
];
const reason = (json: Json) => evaluate(json, customer, NOW, COMPUTED).reason;

describe('the reason for which somebody is in a segment', () => {
  it.each<[Json, string]>([
    [{ trait: 'plan', op: 'eq', value: 'pro' }, 'plan is pro'],
    [{ trait: 'plan', op: 'neq', value: 'free' }, 'plan is pro (not free)'],
    [{ trait: 'none', op: 'neq', value: 'free' }, 'none is not free'],
    [{ trait: 'plan', op: 'in', value: ['team', 'pro'] }, 'plan is pro'],
    [{ not: { trait: 'plan', op: 'in', value: [1, 2, 3, 4] } }, 'plan is pro (not one of 1, 2, 3 and 1 more)'],
    [{ trait: 'seats', op: 'gt', value: 10 }, 'seats 12 (above 10)'],
    [{ not: { trait: 'seats', op: 'gt', value: 20 } }, 'seats 12 (at most 20)'],
    [{ not: { trait: 'plan', op: 'gt', value: 20 } }, 'plan is not above 20'],
    [{ trait: 'ratio', op: 'lt', value: 0.5 }, 'ratio 0.3333 (below 0.5)'],
    [{ trait: 'tags', op: 'eq', value: 'a' }, 'tags is a'],
    [{ trait: 'remark', op: 'contains', value: '"red"' }, 'remark contains ""red""'],
    [{ trait: 'trialEndsAt', op: 'after', value: 'now' }, 'trialEndsAt is after now'],
    [{ trait: 'trialEndsAt', op: 'before', value: 'now+7d' }, 'trialEndsAt is before 7 days from now'],
    [{ not: { trait: 'trialEndsAt', op: 'before', value: '2026-11-27T12:00Z' } }, 'trialEndsAt is not before 2026-11-27T12:00:00Z'],
    [{ computed: 'spent', op: 'gte', value: 50 }, 'spent at least 50'],
    [{ measure: 'nps.latest', op: 'gte', value: 9 }, 'NPS 9 (at least 9)'],
    [{ measure: 'lifecycleStage', op: 'eq', value: 'LOYAL' }, 'lifecycle stage is LOYAL'],
    [{ measure: 'lastSeenDaysAgo', op: 'gte', value: 10 }, 'last seen at least 10 days ago'],
    [{ event: { kind: 'ORDER_PLACED' } }, 'at least 1 order placed'],
    [{ event: { kind: 'ORDER_PLACED' }, count: { op: 'gt', value: 0 } }, 'at least 1 order placed'],
    [{ event: { kind: 'ORDER_PLACED' }, count: { op: 'neq', value: 2 } }, 'other than 2 orders placed'],
    [{ not: { event: { kind: 'ORDER_PLACED' }, count: { op: 'eq', value: 1 } } }, 'other than 1 order placed'],
    [{ event: { kind: 'ORDER_PLACED' }, within: '36h' }, 'at least 1 order placed in the last 36 hours'],
    [{ event: { kind: 'ORDER_PLACED' }, count: { op: 'lt', value: 4 }, within: '1w' }, 'fewer than 4 orders placed in the last 7 days'],
    [{ event: { kind: 'ORDER_PLACED' }, olderThan: '1d' }, 'at least 1 order placed at least 1 day ago'],
    [{ event: { name: 'Plan Viewed' }, count: { op: 'eq', value: 0 } }, 'no events named Plan Viewed'],
    [{ not: { event: { kind: 'ORDER_PLACED' }, count: { op: 'gte', value: 5 } } }, 'fewer than 5 orders placed'],
    [{ not: { event: { kind: 'BOT_REPLIED' }, within: '7d' } }, 'no replies of a bot in the last 7 days'],
    [
      { sequence: [{ kind: 'ORDER_PLACED' }, { kind: 'SURVEY_ANSWERED' }], within: '2d' },
      'order placed, then survey answered in the last 2 days',
    ],
    [{ not: { sequence: [{ kind: 'SURVEY_ANSWERED' }, { kind: 'ORDER_PLACED' }] } }, 'no survey answered, then order placed'],
    [{ consent: 'email' }, 'consent to email'],
    [{ not: { consent: 'sms' } }, 'no consent to sms'],
    [{ account: 'plan', op: 'eq', value: 'big' }, 'account plan is big'],
    [{ not: { account: 'plan', op: 'startsWith', value: 'x' } }, 'no account whose plan starts with x'],
    [{ all: [] }, 'everybody is in'],
    [{ not: { any: [] } }, 'everybody is in'],
  ])('for %j: %s', (json, words) => {
    expect(reason(json)).toBe(words);
  });

  it('names of any only what holds, of none each, and nothing twice', () => {
    const [pro, team] = [
      { trait: 'plan', op: 'eq', value: 'pro' },
      { trait: 'plan', op: 'eq', value: 'team' },
    ];
    expect(reason({ any: [team, { consent: 'email' }, pro] })).toBe('consent to email; plan is pro');
    expect(reason({ not: { any: [team, { consent: 'sms' }] } })).toBe('plan is pro (not team); no consent to sms');
    expect(reason({ not: { all: [pro, { consent: 'sms' }] } })).toBe('no consent to sms');
    expect(reason({ all: [pro, { any: [pro, { all: [pro] }] }] })).toBe('plan is pro');
  });

  it('names other segments by what they are called', () => {
    const segments = [segment('a', { all: [{ segment: 'vip' }, { not: { segment: 'gone' } }] }), segment('vip', { consent: 'email' })];
    expect(evaluateSegments(compileSegments(segments, []), customer, NOW).members.get('a')).toBe(
      'in the segment VIP; not in the segment gone',
    );
  });

  it.each<[Json, string]>([
    [{ trait: 'email', op: 'exists' }, 'email is set'],
    [{ trait: 'email', op: 'contains', value: '@example' }, 'email contains "@example"'],
    [{ trait: 'email', op: 'in', value: ['ada@example.org', 'b@c'] }, 'email is one of "ada@example.org", "b@c"'],
    [{ trait: 'email', op: 'neq', value: 'b' }, 'email is not b'],
    [{ trait: 'phone', op: 'gt', value: 1 }, 'phone is above 1'],
    [{ trait: 'work_email', op: 'neq', value: 'b' }, 'work_email is not b'],
    [{ trait: 'callMe', op: 'gt', value: '0' }, 'callMe is above 0'],
    [{ trait: 'lastName', op: 'gt', value: 'A' }, 'lastName is above A'],
    [{ computed: 'mail', op: 'neq', value: 'b' }, 'mail is not b'],
    [{ account: { externalId: true }, op: 'neq', value: 'b' }, 'account id is not b'],
    [{ account: 'phone', op: 'gt', value: '' }, 'account phone is above ""'],
  ])('shows no personal value: %j', (json, words) => {
    expect(reason(json)).toBe(words);
  });

  it('has a noun for each kind of interaction, for one and for many', () => {
    for (const kind of INTERACTION_KINDS) {
      const happened = subject({ events: eventMap([spec(kind), eventsAt(NOW, NOW)]) });
      const [one, many] = [1, 2].map((value) => evaluate({ event: { kind }, count: { op: 'gte', value } }, happened).reason);
      expect(one).toMatch(/^at least 1 [a-z-]+( [a-z-]+)*$/);
      expect(many).toMatch(/^at least 2 [a-z-]+( [a-z-]+)*$/);
      expect(many?.slice(11)).not.toBe(one?.slice(11));
    }
  });

  it('is cut where it is very long, and never inside a character', () => {
    const long = { all: Array.from({ length: 90 }, (_, index) => ({ trait: `t${index}`, op: 'neq', value: '😀'.repeat(40) })) };
    const words = reason(long) ?? '';
    expect(words.length).toBeGreaterThanOrEqual(1_999);
    expect(words.length).toBeLessThanOrEqual(2_000);
    expect(words.endsWith('…') && words.isWellFormed()).toBe(true);
  });
});
