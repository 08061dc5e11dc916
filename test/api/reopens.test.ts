import { createHash, randomUUID } from 'node:crypto';
import { anEvent, ExperienceWorld } from '../app/experience/experienceWorld';
import { RECEIVED_AT_MS } from '../app/processing/world';
import { ApiUnderTest } from './apiUnderTest';

/**
 * Incidents of Volvo IT (BPI Challenge 2013, Steeman, 4TU.ResearchData), status by status: R is Completed/Resolved, C Completed/Closed, I Completed/In Call,
 * any other letter one of work (Accepted, Queued, Unmatched). Of the first the statuses between its eighth and its last four are left out, of the last those
 * after its eighth.
 */
const INCIDENTS: Readonly<Record<string, { readonly course: string; readonly reopens: number }>> = {
  '1-364285768': { course: 'AAQAQARQAARC', reopens: 1 },
  '1-734873980': { course: 'AARUARC', reopens: 1 },
  '1-734778898': { course: 'AAQQAAAR', reopens: 0 },
  '1-583200733': { course: 'AAAAAAAI', reopens: 0 },
  '1-718038855': { course: 'AAAAI', reopens: 0 },
  '1-720600393': { course: 'AAAAI', reopens: 0 },
  '1-467153946': { course: 'AAQAAQAA', reopens: 0 },
};
const EVENTS: Readonly<Record<string, string>> = { R: 'Ticket Solved', I: 'Ticket Solved', C: 'Ticket Closed' };

let experience: ExperienceWorld;
let api: ApiUnderTest;
const key = `api-${randomUUID()}`;

beforeAll(async () => {
  experience = await ExperienceWorld.create();
  api = await ApiUnderTest.start({ database: experience.world.database });
  await experience.world.query(
    `insert into credential (key_hash, workspace_id, credential_id, source_id, name, scopes, created_at) values ($1, 1, $2, null, 'test', $3, now())`,
    [createHash('sha256').update(key).digest(), randomUUID(), ['reports:read', 'profiles:read', 'pii:read']],
  );
  const messages = Object.entries(INCIDENTS).flatMap(([number, { course }]) =>
    [...course].map((status, at) =>
      anEvent(`caller-${number}`, at === 0 ? 'Ticket Created' : (EVENTS[status] ?? 'Ticket Assigned'), (30 - at) * 60, {
        ticket_id: number,
        ...(EVENTS[status] ? {} : { status: 'open' }),
      }),
    ),
  );
  await experience.hear(...messages.toReversed());
  await experience.evaluate();
});
afterAll(async () => {
  await experience.world.pool.end();
  await api.stop();
});

it('counts the incidents that were reopened among those ever solved', async () => {
  const [from, to] = [RECEIVED_AT_MS - 3 * 86_400_000, RECEIVED_AT_MS].map((atMs) => new Date(atMs).toISOString());
  const { data, codes } = await api.query(key, `{ experience(from: "${from}", to: "${to}") { reopenRate { rate count of } } }`);
  expect(codes).toEqual([]);
  expect(data.experience.reopenRate).toEqual({ rate: 2 / 6, count: 2, of: 6 });
});

it.each(Object.entries(INCIDENTS))('counts how often incident %s was reopened', async (number, { reopens }) => {
  const { data, codes } = await api.query(
    key,
    `{ profile(identifier: { type: "user_id", value: "caller-${number}" }) { experience { reopens } context { recentConversations { externalId reopens } } } }`,
  );
  expect(codes).toEqual([]);
  expect(data.profile).toEqual({ experience: { reopens }, context: { recentConversations: [{ externalId: number, reopens }] } });
});
