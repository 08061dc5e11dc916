import type pg from 'pg';
import { LaneDecisionDesk } from '../src/app/decisions/decisionDesk';
import { changeRules } from '../src/app/rules/changeRules';
import { IdentityRules } from '../src/identity/rules';
import { newUuidV7 } from '../src/kernel/uuid';
import { withBenchDatabase } from './database';
import { LaneOnTap } from './laneOnTap';

/**
 * How long people's decisions about a giant hold the lane: a customer with BENCH_SIZE devices (50,000) is merged with another, the merge undone, a merge
 * that a message brought about undone, one device and then the user id taken out: `npm run bench -- giantDecisions`.
 */
const SIZE = Number(process.env['BENCH_SIZE'] ?? 50_000);
const RULES = new IdentityRules([
  { type: 'user_id', limitPerProfile: 1, keep: 'EARLIEST', blockedPatterns: [] },
  { type: 'anonymous_id', limitPerProfile: 2 * SIZE, keep: 'LATEST', blockedPatterns: [] },
  { type: '*', limitPerProfile: 5, keep: 'EARLIEST', blockedPatterns: [] },
]);
const newId = () => newUuidV7(Date.now());
const author = () => ({ actor: 'bench', auditId: newId(), atMs: Date.now() });

void withBenchDatabase(async (url, owner) => {
  const tap = await LaneOnTap.open(url);
  await changeRules(tap.pool, 1, RULES, author());
  await tap.send(SIZE, (n) => ({ userId: 'giant', anonymousId: `device-${n}` }));
  await tap.send(2, (n) => ({ anonymousId: `kiosk-${n}` }));
  print(`${SIZE} devices: ${(await tap.drain()).toFixed(1)} s`);
  await decide(tap, owner);
  await tap.pool.end();
});

async function decide(tap: LaneOnTap, owner: pg.Pool): Promise<void> {
  const desk = new LaneDecisionDesk({ pool: tap.pool, clock: Date.now, newId });
  const giant = await idOf(owner, `select profile_id as id from identifier where value = 'giant'`);
  const kiosk = await idOf(owner, `select profile_id as id from identifier where value = 'kiosk-0'`);
  const merging = { profileIds: [giant, kiosk], survivorId: null, reason: null };
  const { mergeIds } = await timed('merge', () => desk.mergeProfiles(1, merging, author()));
  await timed('undo', () => desk.undoMerge(1, mergeIds[0] as string, author()));
  await tap.send(1, () => ({ userId: 'giant', anonymousId: 'kiosk-1' }));
  tap.forget();
  await tap.drain();
  const byMessage = await idOf(owner, 'select merge_id as id from profile_merge where decision_id is null order by merged_at desc limit 1');
  await timed('undo of what a message merged', () => desk.undoMerge(1, byMessage, author()));
  const splitting = (type: string, value: string) => desk.splitProfile(1, { profileId: giant, identifiers: [{ type, value }] }, author());
  await timed('split of a device', () => splitting('anonymous_id', 'device-1'));
  await timed('split of the user id', () => splitting('user_id', 'giant'));
}

async function idOf(owner: pg.Pool, text: string): Promise<string> {
  return (await owner.query<{ id: string }>(text)).rows[0]?.id ?? '';
}

async function timed<Result>(what: string, work: () => Promise<Result>): Promise<Result> {
  const [startedAt, cpu] = [performance.now(), process.cpuUsage()];
  const result = await work();
  const [seconds, used] = [(performance.now() - startedAt) / 1000, process.cpuUsage(cpu)];
  const cpuSeconds = (used.user + used.system) / 1e6;
  print(`${what}: ${seconds.toFixed(1)} s, ${cpuSeconds.toFixed(1)} s of CPU here, ${Math.round(process.memoryUsage().rss / 2 ** 20)} MB`);
  return result;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
