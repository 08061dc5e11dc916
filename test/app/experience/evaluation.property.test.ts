import fc from 'fast-check';
import { Refusal } from '../../../src/kernel/refusals';
import { RECEIVED_AT_MS } from '../processing/world';
import { ExperienceWorld } from './experienceWorld';

jest.setTimeout(300_000);

const MINUTE_MS = 60_000;
const EVENTS = [
  ['Ticket Created', { ticket_id: 't' }],
  ['Ticket Replied', { ticket_id: 't', author_role: 'agent', comment: 'We are looking into it, thank you for your patience today.' }],
  ['Ticket Replied', { ticket_id: 't', author_role: 'customer', comment: 'This is terrible, I hate waiting and nothing works at all.' }],
  ['Ticket Solved', { ticket_id: 't' }],
  ['Ticket Reopened', { ticket_id: 't' }],
  ['Order Completed', { order_id: 'o', total: 19.9, currency: 'EUR' }],
  ['Order Refunded', { order_id: 'o', total: 25, currency: 'EUR' }],
  ['Product Added', { cart_id: 'c', product_id: 'p1', price: 4 }],
  ['Payment Failed', { subscription_id: 's', amount: 9, currency: 'EUR' }],
  ['Subscription Started', { subscription_id: 's', price: 9, currency: 'EUR', interval: 'month' }],
  ['Subscription Cancelled', { subscription_id: 's' }],
  ['NPS Answered', { score: 3 }],
  ['CSAT Answered', { score: 5, ticket_id: 't' }],
  ['Employee Feedback Given', { score: 9, about_department: 'support' }],
  ['Error Seen', { error: 'E1' }],
  ['Page Viewed', {}],
] as const;

/** What happens to a workspace, in order. Numbers pick among what is there. */
const step = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      is: fc.constant('message' as const),
      visitor: fc.nat(4),
      email: fc.option(fc.nat(2), { freq: 2 }),
      user: fc.option(fc.nat(2), { freq: 1 }),
      event: fc.nat(EVENTS.length - 1),
      minutesBefore: fc.integer({ min: -900, max: 20_000 }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ is: fc.constant('process' as const) }) },
  { weight: 3, arbitrary: fc.record({ is: fc.constant('evaluate' as const), laterMinutes: fc.nat(3_000) }) },
  { weight: 2, arbitrary: fc.record({ is: fc.constant('merge' as const), one: fc.nat(9), other: fc.nat(9) }) },
  { weight: 1, arbitrary: fc.record({ is: fc.constant('undo' as const), which: fc.nat(9) }) },
  { weight: 1, arbitrary: fc.record({ is: fc.constant('split' as const), which: fc.nat(9) }) },
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

it('tells of customers, whatever happened and in whichever order, what it would tell from nothing', () =>
  fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 8, maxLength: 30, size: 'max' }), async (steps) => {
      const experience = await ExperienceWorld.create();
      try {
        for (const [number, each] of steps.entries()) await carryOut(experience, each, number);
        await experience.world.drain(experience.lane);
        await experience.evaluate();
        const told = await experience.told();
        await experience.evaluateFromNothing();
        expect(told).toEqual(await experience.told());
      } finally {
        await experience.close();
      }
    }),
    { numRuns: 12 },
  ));

async function carryOut(experience: ExperienceWorld, each: Step, number: number): Promise<void> {
  switch (each.is) {
    case 'message':
      return void (await experience.world.send([messageOf(each, number)]));
    case 'process':
      return experience.world.drain(experience.lane);
    case 'evaluate':
      experience.nowMs += each.laterMinutes * MINUTE_MS;
      return experience.evaluate();
    default:
      return unlessRefused(() => decide(experience, each));
  }
}

function messageOf({ visitor, email, user, event, minutesBefore }: Extract<Step, { is: 'message' }>, number: number): object {
  const [name, properties] = EVENTS[event]!;
  return {
    type: 'track',
    event: name,
    messageId: `m${number}`,
    anonymousId: `visitor-${visitor}`,
    ...(user === null ? {} : { userId: `user-${user}` }),
    timestamp: new Date(RECEIVED_AT_MS - minutesBefore * MINUTE_MS).toISOString(),
    properties,
    context: email === null ? {} : { traits: { email: `e${email}@example.com` } },
  };
}

async function decide(experience: ExperienceWorld, each: Extract<Step, { is: 'merge' | 'undo' | 'split' }>): Promise<unknown> {
  if (each.is === 'undo') {
    const merges = await experience.world.query<{ merge_id: string }>('select merge_id from profile_merge order by merged_at, merge_id');
    const merge = pick(merges, each.which);
    return merge && experience.desk.undoMerge(1, merge.merge_id, experience.author());
  }
  const profiles = await experience.profileIds();
  if (each.is === 'merge') {
    const [one, other] = [pick(profiles, each.one), pick(profiles, each.other)];
    return one && other && experience.merge(one.profile_id, other.profile_id);
  }
  const identifiers = await experience.world.query<{ profile_id: string; type: string; value: string }>(
    'select profile_id, type, value from identifier order by identifier_id',
  );
  const identifier = pick(identifiers, each.which);
  if (!identifier) return undefined;
  const { profile_id: profileId, type, value } = identifier;
  return experience.desk.splitProfile(1, { profileId, identifiers: [{ type, value }] }, experience.author());
}

function pick<T>(list: readonly T[], number: number): T | undefined {
  return list[number % Math.max(1, list.length)];
}

async function unlessRefused(decision: () => Promise<unknown>): Promise<void> {
  try {
    await decision();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
  }
}
