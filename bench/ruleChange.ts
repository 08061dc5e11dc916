import { changeRules } from '../src/app/rules/changeRules';
import { previewRules } from '../src/app/rules/previewRules';
import { DEFAULT_IDENTITY_RULES, type IdentityRule, IdentityRules } from '../src/identity/rules';
import { newUuidV7 } from '../src/kernel/uuid';
import { appPool } from '../src/storage/pool';
import { startBenchDatabase } from './database';
import { LaneOnTap } from './laneOnTap';

/**
 * How long the preview and the pass take that a change of rules needs, over BENCH_PROFILES profiles (100,000), a third of which share a device with
 * another one: limits first, which reach those alone that meet one, then the order of types, which reaches all. `npm run bench -- ruleChange`.
 */
const PROFILES = Number(process.env['BENCH_PROFILES'] ?? 100_000);

const rulesWith = (changed: Partial<IdentityRule> & { readonly type: string }) =>
  new IdentityRules(DEFAULT_IDENTITY_RULES.list.map((rule) => (rule.type === changed.type ? { ...rule, ...changed } : rule)));

async function main(): Promise<void> {
  const database = await startBenchDatabase();
  const pool = appPool({
    databaseUrl: database.url,
    maxConnections: 2,
    statementTimeoutMs: 60_000,
    applicationName: 'bench',
    onConnectionLost: () => undefined,
  });
  try {
    const tap = await LaneOnTap.open(database.url);
    const userOf = (n: number) => ({ userId: `user-${n}`, context: { traits: { email: `user-${n}@example.com` } } });
    await tap.send(PROFILES, (n) => ({ ...userOf(n), anonymousId: `device-${n % 3 === 0 ? n : n - (n % 3) + 1}` }));
    print(`${PROFILES} profiles from messages: ${(await tap.drain()).toFixed(1)} s`);
    await measure('two users a profile', rulesWith({ type: 'user_id', limitPerProfile: 2 }), { tap, pool });
    const reversed = new IdentityRules([...DEFAULT_IDENTITY_RULES.list].reverse());
    await measure('the order of types reversed', reversed, { tap, pool });
    await tap.pool.end();
  } finally {
    await pool.end();
    await database.stop();
  }
}

async function measure(
  what: string,
  rules: IdentityRules,
  { tap, pool }: { readonly tap: LaneOnTap; readonly pool: ReturnType<typeof appPool> },
): Promise<void> {
  const newId = () => newUuidV7(Date.now());
  const startedAt = performance.now();
  const preview = await previewRules({ pool, clock: Date.now, newId }, 1, rules);
  const seconds = (performance.now() - startedAt) / 1000;
  print(`${what}: preview ${seconds.toFixed(1)} s, ${JSON.stringify(preview)}, ${Math.round(process.memoryUsage().rss / 2 ** 20)} MB`);
  await changeRules(pool, 1, rules, { actor: 'bench', auditId: newId(), atMs: Date.now() });
  tap.forget();
  print(`${what}: pass ${(await tap.drain()).toFixed(1)} s, ${Math.round(process.memoryUsage().rss / 2 ** 20)} MB`);
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

void main();
