import { Agenda } from '../../src/app/demo/agenda';
import type { DemoMessage } from '../../src/app/demo/demoMessage';
import { DAY_MS, HOUR_MS } from '../../src/app/demo/life';
import { tellStars } from '../../src/app/demo/stars';
import { eventually } from './eventually';
import { System } from './system';

jest.setTimeout(120_000);

/** The story is told up to noon of today. */
const NOW_MS = Math.floor(Date.now() / DAY_MS) * DAY_MS + 12 * HOUR_MS;
const ROSALIND = 'identifier: { type: "email", value: "Rosalind.Franklin@example.com" }';

let system: System;
beforeAll(async () => {
  system = await System.start();
  await tellAllTools(messagesOf('rosalind'));
});
afterAll(() => system.stop());

/** What the tools send of one star of the demo company, in order of time. */
function messagesOf(star: string): DemoMessage[] {
  const heard: DemoMessage[] = [];
  const agenda = new Agenda(NOW_MS - 365 * DAY_MS, NOW_MS);
  tellStars(agenda, NOW_MS, (message) => heard.push(message));
  while (agenda.step());
  return heard.filter(({ message }) => String(message['messageId']).startsWith(`demo-${star}-`));
}

/** Every tool is a source of its own with its own key, and they send in an order in which nobody would tell the story: the latest tool first. */
async function tellAllTools(told: readonly DemoMessage[]): Promise<void> {
  const tools = new Map<string, DemoMessage[]>();
  for (const one of told) {
    const tool = `${one.department} ${(one.message['context'] as { library: { name: string } }).library.name}`;
    tools.set(tool, [...(tools.get(tool) ?? []), one]);
  }
  expect(tools.size).toBe(7);
  for (const [tool, messages] of [...tools].reverse()) {
    const department = messages[0]?.department ?? '';
    const { data } = await system.graphql(
      `mutation { createSource(input: { name: "${tool}", type: "segment", department: ${department} }) { source { writeKey } } }`,
    );
    await system.accept(
      messages.map(({ message }) => message),
      data.createSource.source.writeKey,
    );
  }
  await system.settled();
}

const ask = async (fields: string, asOfDaysAgo: number | null = null, hour = 0) => {
  const midnightMs = Math.floor(NOW_MS / DAY_MS) * DAY_MS;
  const asOf = asOfDaysAgo === null ? '' : `, asOf: "${new Date(midnightMs - asOfDaysAgo * DAY_MS + hour * HOUR_MS).toISOString()}"`;
  const { data, codes } = await system.graphql(`{ profile(${ROSALIND}${asOf}) { ${fields} } }`);
  expect(codes).toEqual([]);
  return data.profile;
};
const kinds = (signals: readonly { kind: string }[]): string[] => [...new Set(signals.map(({ kind }) => kind))].sort();

it('reads as one timeline of one customer, whichever tool told what', async () => {
  const { timeline, identifiers } = await ask('identifiers { type } timeline(last: 100) { nodes { department summary source { name } } }');
  const lines = timeline.nodes.map(({ summary }: { summary: string }) => summary).reverse();
  const inOrder = [
    'Ad “Winter Roasts” clicked, on google.',
    'Trial of Duo started.',
    'Trial of Duo ended.',
    'Order 1209 placed, 211.70 GBP, 1 item.',
    'Ticket 3107 opened by e-mail, “Grinder jams”.',
    'Ticket 3107 solved by Tomasz.',
    'Ticket 3107 reopened, still jams.',
    'Ticket 3107 solved by Beatriz.',
    'Ticket 3107 reopened, jams with the new burrs, too.',
    'Call call-rosalind started, “damaged”.',
    'Order 1209 refunded, 211.70 GBP.',
    'Ticket 3107 solved by Aoife.',
    'CSAT survey answered: 1 of 5, “Awful. I had to explain everything three times.”',
    'Link in e-mail “We miss you: your next bag is on us” clicked, https://www.harbour-roast.example.com/welcome-back.',
    'Order 1320 placed, 42.50 GBP, 2 items.',
    'NPS survey answered: 9 of 10, “You made it right in the end. Thank you, Aoife!”',
  ];
  expect(lines.filter((line: string) => inOrder.includes(line))).toEqual(inOrder);
  expect(new Set(timeline.nodes.map(({ source }: { source: { name: string } }) => source.name)).size).toBe(7);
  expect(identifiers.length).toBeGreaterThan(5);
});

it('names what went wrong, with the interactions behind it', async () => {
  const { friction } = await ask('friction { id kind severity detectedAt resolvedAt message evidence { id summary } profile { id } }');
  expect(kinds(friction)).toEqual(
    expect.arrayContaining([
      'ABANDONED_CART',
      'CHANNEL_SWITCH',
      'IGNORED_FEEDBACK',
      'IMPERSONAL',
      'LONG_WAIT',
      'NEGATIVE_SENTIMENT',
      'REOPENED',
      'REPEATED_INFORMATION',
    ]),
  );
  expect(friction.filter(({ kind }: { kind: string }) => kind === 'REOPENED')).toHaveLength(2);
  for (const signal of friction) expect(signal.evidence.length).toBeGreaterThan(0);
  const repeated = friction.find(({ kind }: { kind: string }) => kind === 'REPEATED_INFORMATION');
  expect(repeated.evidence.map(({ summary }: { summary: string }) => summary)).toEqual([
    'Ticket 3107 opened by e-mail, “Grinder jams”.',
    expect.stringContaining('Customer replied in ticket 3107, “As I wrote'),
  ]);
});

it('measures her experience and her value', async () => {
  const { experience, value, lifecycleStage } = await ask(`lifecycleStage
    experience { nps { latest responses } csat { latest responses } reopens openConversations medianFirstReplyMinutes averageSentiment healthScore healthParts { name } }
    value { orders revenue { amount currency } averageOrderValue { amount currency } }`);
  expect(experience).toMatchObject({
    nps: { latest: 9, responses: 1 },
    csat: { latest: 1, responses: 1 },
    reopens: 2,
    openConversations: 0,
  });
  expect(experience.averageSentiment).not.toBeNull();
  expect(experience.healthScore).toBeGreaterThan(0);
  expect(experience.healthParts.map(({ name }: { name: string }) => name)).toEqual(expect.arrayContaining(['satisfaction', 'recency']));
  expect(value).toEqual({
    orders: 2,
    revenue: { amount: '42.50', currency: 'GBP' },
    averageOrderValue: { amount: '21.25', currency: 'GBP' },
  });
  expect(lifecycleStage).toBe('CUSTOMER');
});

it('tells an agent what to do today: thank her, and remind her of the cart', async () => {
  const { context } = await ask(`context { openConversations { externalId } cart { items value { amount currency } abandoned }
    recentOrders { externalId status } recentSearches preferredChannel language timezone lastInteraction { summary }
    suggestions { kind rule text evidence { summary } } }`);
  expect(context).toMatchObject({
    openConversations: [],
    cart: { value: { amount: '19.60', currency: 'GBP' }, abandoned: true },
    recentOrders: [
      { externalId: '1320', status: 'DELIVERED' },
      { externalId: '1209', status: 'REFUNDED' },
    ],
    recentSearches: ['decaf', 'electric grinder'],
    preferredChannel: 'EMAIL',
    language: 'en',
    timezone: 'Europe/London',
  });
  expect(context.suggestions.map(({ kind }: { kind: string }) => kind)).toEqual(expect.arrayContaining(['REMIND_OF_CART']));
  for (const { evidence } of context.suggestions) expect(evidence.length).toBeGreaterThan(0);
});

it('told an agent on the day of the call what to do then', async () => {
  const { context, friction, lifecycleStage } = await ask(
    'lifecycleStage friction { kind resolvedAt } context { openConversations { externalId status reopens messages } suggestions { kind } }',
    119,
    14,
  );
  expect(context.openConversations).toEqual([expect.objectContaining({ externalId: '3107', status: 'OPEN' })]);
  expect(context.suggestions.map(({ kind }: { kind: string }) => kind)).toEqual(
    expect.arrayContaining(['HOLD_BACK_PROMOTIONS', 'SEE_IT_THROUGH', 'ACKNOWLEDGE_ANNOYANCE']),
  );
  expect(kinds(friction)).toEqual(expect.arrayContaining(['LONG_WAIT', 'REOPENED', 'IMPERSONAL', 'NEGATIVE_SENTIMENT']));
  expect(kinds(friction)).not.toContain('IGNORED_FEEDBACK');
  expect(lifecycleStage).not.toBe('CHURNED');
});

it('stands in the company-wide report as it does on her own page', async () => {
  const report = `{ experience(from: "${new Date(NOW_MS - 364 * DAY_MS).toISOString()}", to: "${new Date(NOW_MS).toISOString()}") {
    nps { score responses } csat { count of } reopenRate { count of } averageOrderValue { amount currency } frictionRate { count of }
    firstReplyMinutes { count median } } }`;
  await eventually('she is evaluated, as of everything that was told', async () => {
    const [due] = await system.ask<{ due: number }>('select count(*)::int as due from experience_due where due_at <= now()');
    return due?.due === 0 && (await system.graphql(report)).data.experience.nps.responses === 1;
  });
  const { data, codes } = await system.graphql(report);
  expect(codes).toEqual([]);
  expect(data.experience).toMatchObject({
    nps: { score: 100, responses: 1 },
    csat: { count: 0, of: 1 },
    reopenRate: { count: 1 },
    averageOrderValue: { amount: '21.25', currency: 'GBP' },
    frictionRate: { count: 1 },
  });
  const own = await ask('experience { medianFirstReplyMinutes }');
  expect(data.experience.firstReplyMinutes.median).toBe(own.experience.medianFirstReplyMinutes);
});
