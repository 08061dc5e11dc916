import { anEvent } from '../app/experience/experienceWorld';
import { asVisitor, order, SegmentApi, visitorOf } from './segmentApi';

let api: SegmentApi;
beforeEach(async () => {
  api = await SegmentApi.start();
});
afterEach(() => api.stop());

const PRO = { event: { name: 'Subscription Started' } };
const daysAgo = (userId: string, event: string, days: number, properties: object = {}) => anEvent(userId, event, days * 1440, properties);
const customer = (userId: string, days: number, total: number, score: number): object[] => [
  daysAgo(userId, 'Signed Up', days),
  daysAgo(userId, 'Email Link Clicked', days - 1, { campaign_name: 'News' }),
  order(userId, days - 2, total),
  daysAgo(userId, 'Survey Answered', days - 3, { survey_type: 'nps', score }),
  daysAgo(userId, 'Survey Answered', days - 3.5, { survey_type: 'csat', score: 1 + (score % 5), scale_max: 5 }),
  daysAgo(userId, 'Payment Failed', days - 4, { order_id: `${userId}-${days - 2}` }),
  daysAgo(userId, 'Experiment Viewed', days - 5, { experiment_id: 'e', variation_id: userId.length % 2 === 0 ? 'a' : 'b' }),
];
const PERIOD = 'from: "2026-05-01T00:00:00Z", to: "2026-06-02T00:00:00Z"';
/** Every report, of which a part of the customers could be. */
const REPORTS = {
  experience: (args: string) => `experience(${PERIOD}, interval: WEEK ${args}) {
    nps { score responses } csat { rate of } ces { responses } firstReplyMinutes { count } oneTouchRate { of } churnRate { of count } retentionRate { of }
    averageOrderValue { amount currency } customerLifetimeValue { amount } activeCustomers frictionRate { count of }
    perceptionGap { department customers } departmentInfluence { signal customers } series { at nps responses } }`,
  journeyMap: (args: string) =>
    `journeyMap(${PERIOD} ${args}) { customers nodes { label customers frictionRate } links { from to customers } }`,
  pathVariants: (args: string) => `pathVariants(${PERIOD} ${args}) { customers totalVariants variants { labels customers } }`,
  funnel: (args: string) =>
    `funnel(${PERIOD}, withinHours: 100, steps: [{ kind: SIGNED_UP }, { kind: ORDER_PLACED, where: { total: { gte: 1 } } }] ${args}) { steps { customers conversion } }`,
  retention: (args: string) => `retention(${PERIOD} ${args}) { cohorts { start size returned } }`,
  stickiness: (args: string) => `stickiness(${PERIOD} ${args}) { __typename }`,
  attribution: (args: string) => `attribution(${PERIOD} ${args}) { conversions untouched credits { label conversions values { amount } } }`,
  abTest: (args: string) => `abTest(experimentId: "e", ${PERIOD} ${args}) { variations { variationId } }`,
};

const MEMBERS = [...customer('ada', 20, 30, 10), ...customer('lena', 12, 50, 3)];

it.each(Object.keys(REPORTS) as (keyof typeof REPORTS)[])(
  '%s of a segment is that of a company that has its members alone',
  async (report) => {
    const others = [...customer('bob', 25, 500, 1), ...customer('evelyn', 9, 7, 9)];
    const started = ['ada', 'lena'].map((userId) => daysAgo(userId, 'Subscription Started', 40));
    await api.world.hear(...others, ...MEMBERS, ...started);
    await api.world.experience.evaluate();
    const id = await api.define('pro', PRO);
    const ask = async (args: string) => (await api.ask(`{ ${REPORTS[report](args)} }`))[report];
    const [all, ofSegment] = [await ask(''), await ask(`, segmentId: "${id}"`)];
    const alone = await SegmentApi.start();
    await alone.world.hear(...MEMBERS, ...started);
    await alone.world.experience.evaluate();
    const expected = (await alone.ask(`{ ${REPORTS[report]('')} }`))[report];
    await alone.stop();
    expect(ofSegment).toEqual(expected);
    if (report !== 'stickiness' && report !== 'abTest') expect(ofSegment).not.toEqual(all);
  },
);

it.each(Object.keys(REPORTS) as (keyof typeof REPORTS)[])('%s refuses a segment that is not there', async (report) => {
  expect(await api.refused(`{ ${REPORTS[report](', segmentId: "seg_00000000000000000000000000000000"')} }`)).toMatch(/^NOT_FOUND: /);
  expect(await api.refused(`{ ${REPORTS[report](', segmentId: "anything"')} }`)).toMatch(/^NOT_FOUND: /);
});

describe('A preview of a merge', () => {
  const preview = async (...profileIds: string[]) => {
    const ids = profileIds.map((id) => `prf_${id.replaceAll('-', '')}`);
    const query =
      'query ($ids: [ID!]!) { previewMerge(profileIds: $ids) { survivorId refusals segmentsEntered { key } segmentsLeft { key } } }';
    const { previewMerge } = await api.ask(query, { ids });
    const keys = (list: { key: string }[]) => list.map(({ key }) => key).sort();
    return { ...previewMerge, segmentsEntered: keys(previewMerge.segmentsEntered), segmentsLeft: keys(previewMerge.segmentsLeft) };
  };

  beforeEach(async () => {
    await api.world.hear(
      order('ada', 3),
      order('ada', 5),
      daysAgo('ada', 'Seen', 2),
      asVisitor(order('bob', 4)),
      asVisitor(daysAgo('bob', 'Complained', 2)),
      order('eve', 1),
    );
    await api.world.experience.evaluate();
    await api.define('two-orders', { measure: 'orders', op: 'eq', value: 2 });
    await api.define('three-orders', { measure: 'orders', op: 'gte', value: 3 });
    await api.define('complained', { event: { name: 'Complained' } });
    await api.define('content', { not: { segment: 'complained' } });
    await api.define('everybody', { event: { name: 'Order Completed' } });
    await api.world.compute();
  });

  it('names the segments that the survivor would enter, and those that somebody would be in no more, as the merge then has it', async () => {
    const [ada, bob] = [await api.world.profileOf('ada'), await visitorOf(api, 'bob')];
    const before = await api.world.memberships();
    const generation = () => api.world.query('select generation from lane');
    const lane = await generation();
    const told = await preview(ada, bob);
    expect(told).toMatchObject({ refusals: [], segmentsEntered: ['complained', 'three-orders'], segmentsLeft: ['content', 'two-orders'] });
    expect(await api.world.memberships()).toEqual(before);
    expect(await generation()).toEqual(lane);
    expect(await api.world.query('select from profile where merged_into is not null')).toEqual([]);
    const survivorId = (await api.world.experience.merge(ada, bob)).survivorId;
    await api.world.experience.evaluate();
    await api.world.follow();
    expect(told.survivorId).toBe(`prf_${survivorId.replaceAll('-', '')}`);
    const after = (await api.world.memberships()).filter((place) => place.endsWith(survivorId)).map((place) => place.split(' ')[0]);
    expect(after.sort()).toEqual(['complained', 'everybody', 'three-orders']);
  });

  it('names none where the merge would be refused, and needs the scope segments:read', async () => {
    const [ada, eve] = [await api.world.profileOf('ada'), await api.world.profileOf('eve')];
    expect(await preview(ada, eve)).toMatchObject({
      refusals: [expect.stringContaining('user_id')],
      segmentsEntered: [],
      segmentsLeft: [],
    });
    const key = await api.keyWith('profiles:read');
    const ids = [ada, eve].map((id) => `"prf_${id.replaceAll('-', '')}"`);
    expect(await api.refused(`{ previewMerge(profileIds: [${ids}]) { segmentsLeft { key } } }`, {}, key)).toMatch(
      /^FORBIDDEN: .*segments:read/,
    );
  });
});
