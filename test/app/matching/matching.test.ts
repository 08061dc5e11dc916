import { randomUUID } from 'node:crypto';
import { LaneDecisionDesk } from '../../../src/app/decisions/decisionDesk';
import { acceptMatch, rejectMatch } from '../../../src/app/matching/decideMatch';
import { changeRules } from '../../../src/app/rules/changeRules';
import { DEFAULT_IDENTITY_RULES, IdentityRules } from '../../../src/identity/rules';
import { Refusal } from '../../../src/kernel/refusals';
import { aTrack } from '../processing/world';
import { ADA, ADA_AGAIN, householdMember, MatchingWorld, WILLIAM } from './matchingWorld';

jest.setTimeout(60_000);

const REVIEW = { reviewFrom: 0.8, joinFrom: null };

let matched: MatchingWorld;
beforeEach(async () => {
  matched = await MatchingWorld.create(REVIEW);
});
afterEach(() => matched.world.close());

const options = () => ({ pool: matched.world.pool, clock: Date.now, newId: randomUUID });
const author = () => ({ actor: 'a test', auditId: randomUUID(), atMs: Date.now() });
const accept = (candidateId: string) => acceptMatch(options(), 1, candidateId, author());
const reject = (candidateId: string) => rejectMatch(options(), 1, candidateId, author());
const codeOf = (error: unknown) => (error instanceof Refusal ? error.code : error);

async function adaTwice(): Promise<string> {
  await matched.people({ a1: ADA });
  await matched.people({ a2: ADA_AGAIN });
  await matched.drain();
  return (await matched.only()).candidate_id;
}

describe('the queue', () => {
  it('holds who is there twice, with a slip in the name and another e-mail address, and says why field by field', async () => {
    await matched.people({ u1: ADA });
    await matched.drain();
    expect(await matched.candidates()).toEqual([]);
    await matched.people({ a2: ADA_AGAIN, u3: { firstName: 'Charles', lastName: 'Babbage', birthday: '1971-12-26' } });
    await matched.drain();
    const { status, probability, comparisons } = await matched.only();
    expect(status).toBe('PENDING');
    expect(probability).toBeGreaterThan(0.9);
    const levels = Object.fromEntries(comparisons.map(({ field, level }) => [field, level]));
    expect(levels).toMatchObject({ firstName: 'same', lastName: 'one slip', birthday: 'same day', email: 'different', street: 'same' });
  });

  it('does not hold people of one household, and nobody joins them', async () => {
    await matched.set({ reviewFrom: 0.8, joinFrom: 0.99 });
    await matched.people({
      a1: ADA,
      a2: WILLIAM,
      a3: householdMember('Anne'),
      a4: householdMember('George'),
      a5: householdMember('Augusta'),
    });
    await matched.drain();
    expect(await matched.candidates()).toEqual([]);
    expect(await matched.world.query('select from profile where merged_into is not null')).toEqual([]);
  });

  it('compares whatever people are called and wherever they live', async () => {
    const strange = { birthday: '0000-99-99', address: { street: ['a'], city: { deep: 1 }, postalCode: 1e300 } };
    const names = ['\u0000\ud800', '__proto__', '💥'.repeat(50), 'ﷺ', ' ', 'x'.repeat(5_000), "'; drop table profile; --", '名前'];
    await matched.people(
      Object.fromEntries(names.flatMap((name, n) => [[`a${n}`, { ...strange, name, lastName: name, firstName: name }]])),
    );
    await matched.people(Object.fromEntries(names.map((name, n) => [`b${n}`, { ...strange, name, phone: name, gender: name }])));
    await matched.drain();
    expect(await matched.world.query('select from match_due')).toEqual([]);
    expect(await matched.world.query('select from dead_letter')).toEqual([]);
    const pairs = await matched.candidates();
    expect(pairs.every(({ probability }) => probability >= 0.8 && probability <= 1)).toBe(true);
  });

  it('compares two that come with one request', async () => {
    await matched.people({ u1: ADA, a2: ADA_AGAIN });
    await matched.drain();
    expect(await matched.candidates()).toHaveLength(1);
  });

  it('compares all there is when matching is switched on, and nothing while it is off', async () => {
    await matched.set({ reviewFrom: null, joinFrom: null });
    await matched.people({ u1: ADA, a2: ADA_AGAIN });
    await matched.drain();
    expect(await matched.candidates()).toEqual([]);
    expect(await matched.world.query('select from match_due')).toEqual([]);
    await matched.set(REVIEW);
    await matched.drain();
    expect(await matched.candidates()).toHaveLength(1);
  });

  it('holds nobody whom a limit keeps apart, until other rules let both be one', async () => {
    await matched.people({ u1: ADA, u2: ADA_AGAIN });
    await matched.drain();
    expect(await matched.candidates()).toEqual([]);
    const twoUsers = DEFAULT_IDENTITY_RULES.list.map((rule) => (rule.type === 'user_id' ? { ...rule, limitPerProfile: 2 } : rule));
    await changeRules(matched.world.pool, 1, new IdentityRules(twoUsers), author());
    await matched.drain();
    await accept((await matched.only()).candidate_id);
    expect(await matched.areOne('u1', 'u2')).toBe(true);
  });

  it('drops a pair that nothing speaks for any more, and keeps one that is weighed anew', async () => {
    const candidateId = await adaTwice();
    const before = await matched.only();
    await matched.people({ a1: { phone: '+44 20 7946 0000' }, a2: { phone: '+44 20 7946 0001' } });
    await matched.drain();
    const after = await matched.only();
    expect(after.candidate_id).toBe(candidateId);
    expect(after.comparisons.length).toBe(before.comparisons.length + 1);
    await matched.people({ a2: { firstName: 'Ralph', lastName: 'King', birthday: '1939-07-02' } });
    await matched.drain();
    expect(await matched.candidates()).toEqual([]);
  });

  it('keeps to its workspace', async () => {
    await matched.world.query(
      `insert into workspace (name, settings, created_at) values ('Other', '{"matching": {"review": 0.8}}', now())`,
    );
    await matched.world.query(`insert into lane (workspace_id, updated_at) values (2, now())`);
    await matched.world.query(`insert into match_model (workspace_id, profiles, is_examined, steps) values (2, 0, false, 0)`);
    await adaTwice();
    while (!(await matched.matching.step(2)));
    expect(await matched.world.query('select from match_candidate where workspace_id <> 1')).toEqual([]);
    expect(await matched.world.query('select from match_key where workspace_id <> 1')).toEqual([]);
  });

  it('takes a fixed number of statements a step, however many profiles are due', async () => {
    await matched.people({ u1: ADA });
    await matched.world.drain(matched.lane);
    const before = matched.world.sent();
    await matched.matching.step(1);
    const forOne = matched.world.sent() - before;
    const names = Array.from({ length: 45 }, (_, n) => [`v${n}`, { ...ADA, firstName: `A${n}da`, email: `a${n}@example.com` }]);
    await matched.people(Object.fromEntries(names));
    await matched.world.drain(matched.lane);
    const between = matched.world.sent();
    await matched.matching.step(1);
    expect(matched.world.sent() - between).toBeLessThanOrEqual(forOne);
    expect(await matched.world.query('select from match_due')).toEqual([]);
  });
});

describe('a batch of messages', () => {
  const traits = { ...ADA, email: 'same@example.com' };

  async function statementsOf(settings: { readonly reviewFrom: number | null; readonly joinFrom: null }, name: string): Promise<number> {
    await matched.set(settings);
    await matched.drain();
    await matched.people({ [`${name}1`]: { ...traits, email: `${name}1@example.com` } });
    await matched.drain();
    await matched.people({ [`${name}2`]: { ...traits, email: `${name}2@example.com` } });
    const before = matched.world.sent();
    await matched.world.drain(matched.lane);
    return matched.world.sent() - before;
  }

  it('costs one statement more where profiles are compared, and none where they are not', async () => {
    const [without, withMatching] = [await statementsOf({ reviewFrom: null, joinFrom: null }, 'v'), await statementsOf(REVIEW, 'w')];
    expect(withMatching - without).toBe(1);
  });

  it('makes nobody due who only did something', async () => {
    await matched.people({ a1: ADA });
    await matched.drain();
    await matched.world.send([aTrack({ messageId: 't1', anonymousId: 'a1' }), aTrack({ messageId: 't2', anonymousId: 'a2' })]);
    await matched.world.drain(matched.lane);
    expect(await matched.world.query('select from match_due')).toEqual([]);
  });
});

describe('a decision', () => {
  it('makes one profile of an accepted match, with its probability; undoing the merge parts them, for good', async () => {
    const candidateId = await adaTwice();
    await accept(candidateId);
    expect(await matched.areOne('a1', 'a2')).toBe(true);
    expect(await matched.only()).toMatchObject({ status: 'ACCEPTED' });
    const [merge] = await matched.world.query<{ merge_id: string; rule: string; probability: number }>(
      'select m.merge_id, m.rule, d.probability from profile_merge m join decision d using (workspace_id, decision_id)',
    );
    expect(merge?.rule).toBe('match');
    expect(merge?.probability).toBeGreaterThan(0.9);
    await matched.drain();
    await new LaneDecisionDesk(options()).undoMerge(1, merge?.merge_id ?? '', author());
    await matched.people({ a1: { city: 'Paris' }, a2: { ...ADA, email: ADA_AGAIN.email } });
    await matched.drain();
    expect(await matched.areOne('a1', 'a2')).toBe(false);
    expect(await matched.candidates()).toHaveLength(1);
  });

  it('never proposes a rejected pair again, whatever is said of them later', async () => {
    await reject(await adaTwice());
    await matched.people({ a1: ADA, a2: { ...ADA, email: 'third@mail.test' } });
    await matched.people({ a1: { email: 'third@mail.test' } });
    await matched.drain();
    expect(await matched.areOne('a1', 'a2')).toBe(false);
    expect(await matched.only()).toMatchObject({ status: 'REJECTED' });
  });

  it('is one of two that come at once; the other is refused', async () => {
    const candidateId = await adaTwice();
    const outcomes = await Promise.allSettled([accept(candidateId), reject(candidateId), accept(candidateId)]);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const refused = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [codeOf(outcome.reason)] : []));
    expect(refused).toEqual(['MATCH_DECIDED', 'MATCH_DECIDED']);
  });

  it('is refused, naming the limit, where the two cannot be one profile any more; then the pair still waits', async () => {
    await matched.people({ u1: ADA, a2: ADA_AGAIN });
    await matched.drain();
    const { candidate_id: candidateId } = await matched.only();
    await matched.world.send([aTrack({ messageId: 'signed-in', userId: 'u2', anonymousId: 'a2' })]);
    await matched.drain();
    await expect(accept(candidateId)).rejects.toMatchObject({ code: 'MERGE_REFUSED', message: expect.stringContaining('user_id') });
    expect(await matched.only()).toMatchObject({ status: 'PENDING' });
    await expect(accept(randomUUID())).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('is in the audit log', async () => {
    await reject(await adaTwice());
    const entries = await matched.world.query(`select actor, action, detail from audit_entry where action = 'decideMatch'`);
    expect(entries).toEqual([{ actor: 'a test', action: 'decideMatch', detail: expect.objectContaining({ accept: false }) }]);
  });
});

describe('without a person', () => {
  it('joins what is certain enough once that is switched on', async () => {
    await adaTwice();
    expect(await matched.areOne('a1', 'a2')).toBe(false);
    await matched.set({ reviewFrom: 0.8, joinFrom: 0.95 });
    await matched.drain();
    expect(await matched.areOne('a1', 'a2')).toBe(true);
    expect(await matched.only()).toMatchObject({ status: 'ACCEPTED' });
    const [entry] = await matched.world.query(`select actor from audit_entry where action = 'decideMatch'`);
    expect(entry).toEqual({ actor: 'matching' });
  });

  it('leaves to people what somebody merged and parted again', async () => {
    await adaTwice();
    const profileIds = [(await matched.profileOf('a1')) ?? '', (await matched.profileOf('a2')) ?? ''];
    const desk = new LaneDecisionDesk(options());
    const { mergeIds } = await desk.mergeProfiles(1, { profileIds, survivorId: null, reason: null }, author());
    await desk.undoMerge(1, mergeIds[0] ?? '', author());
    await matched.set({ reviewFrom: 0.8, joinFrom: 0.9 });
    await matched.drain();
    expect(await matched.areOne('a1', 'a2')).toBe(false);
    expect(await matched.only()).toMatchObject({ status: 'PENDING' });
  });

  it('keeps to what limits keep apart', async () => {
    await matched.set({ reviewFrom: 0.8, joinFrom: 0.9 });
    await matched.people({ u1: ADA, u2: ADA_AGAIN });
    await matched.drain();
    expect(await matched.areOne('u1', 'u2')).toBe(false);
  });

  it('joins one profile of each of two sources that hold nobody twice, and leaves a second one of either to people', async () => {
    await matched.set({ reviewFrom: 0.8, joinFrom: 0.9 });
    await matched.world.query(`update match_model set sole_sources = '{1,2}'`);
    await matched.people({ a1: ADA }, 1);
    await matched.people({ b1: ADA_AGAIN }, 2);
    await matched.drain();
    expect(await matched.areOne('a1', 'b1')).toBe(true);
    await matched.people({ b2: { ...ADA, email: 'ada@third.test' } }, 2);
    await matched.drain();
    expect(await matched.areOne('a1', 'b2')).toBe(false);
    expect((await matched.candidates()).map(({ status }) => status).sort()).toEqual(['ACCEPTED', 'PENDING']);
    await matched.world.query(`update match_model set sole_sources = '{1}'`);
    await matched.people({ b2: { ...ADA, email: 'ada@third.test', gender: 'f' } }, 2);
    await matched.drain();
    expect(await matched.areOne('a1', 'b2')).toBe(true);
  });

  it('makes a profile of ten at most by matches alone', async () => {
    await matched.set({ reviewFrom: 0.8, joinFrom: 0.9 });
    await matched.people(Object.fromEntries(Array.from({ length: 14 }, (_, n) => [`v${n}`, { ...ADA, email: null }])));
    await matched.drain();
    const sizes = await matched.world.query<{ n: number }>('select count(*)::int as n from identifier group by profile_id order by 1 desc');
    expect(sizes[0]?.n).toBe(10);
  });
});
