import { statfs } from 'node:fs/promises';
import { inspectJobs, inspectRedis } from '../../queue/inspectQueue';
import type { Config } from '../config';
import { withinTime } from '../operations/readiness';
import type { LockHolder } from '../supervisor/dataDirLock';
import { type Finding, findingsOf } from './finding';

const MEGABYTE = 2 ** 20;
const LOW_MEGABYTES = 2_048;
const LEAST_MEGABYTES = 256;
const ANSWER_MS = 5_000;
/** Major and minor: what BullMQ asks for. */
const OLDEST_REDIS = [6, 2] as const;

export async function diskFindings(folder: string): Promise<Finding[]> {
  const { ok, warn, fail } = findingsOf('disk');
  const { bavail, bsize, ffree, files } = await statfs(folder);
  const megabytes = Math.floor((bavail * bsize) / MEGABYTE);
  const text = `${megabytes} MB are free where ${folder} is.`;
  const room = megabytes < LEAST_MEGABYTES ? fail(text) : megabytes < LOW_MEGABYTES ? warn(text) : ok(text);
  return files > 0 && ffree < 1_000 ? [room, warn('There is hardly room for another file.')] : [room];
}

export async function queueFindings(config: Pick<Config, 'redis'>, databaseUrl: string): Promise<Finding[]> {
  const { ok, fail } = findingsOf('queue');
  const store = config.redis ?? ({ kind: 'postgres', databaseUrl } as const);
  const place = config.redis === null ? 'PostgreSQL' : 'Redis';
  const facts = config.redis === null ? [] : await redisFindings(config.redis);
  if (facts.some(({ status }) => status === 'FAIL')) return facts;
  const jobs = await withinTime(inspectJobs(store), ANSWER_MS, null).catch(() => null);
  if (jobs === null) return [...facts, fail(`The queue in ${place} does not answer.`)];
  const counted = Object.entries(jobs).map(([state, count]) => `${count} ${state}`);
  return [...facts, ok(`The queue is in ${place}: ${counted.join(', ')}.`)];
}

async function redisFindings(target: NonNullable<Config['redis']>): Promise<Finding[]> {
  const { ok, warn, fail } = findingsOf('queue');
  const facts = await withinTime(inspectRedis(target), ANSWER_MS, null).catch(() => null);
  if (facts === null) return [fail('Redis can not be reached.')];
  const [major = 0, minor = 0] = (facts.version ?? '').split('.').map(Number);
  const isOld = major < OLDEST_REDIS[0] || (major === OLDEST_REDIS[0] && minor < OLDEST_REDIS[1]);
  return [
    isOld ? fail(`Redis ${facts.version} is too old; ${OLDEST_REDIS.join('.')} is the oldest that works.`) : ok(`Redis ${facts.version}.`),
    ...(facts.evictionPolicy === 'noeviction'
      ? []
      : [warn(`Its maxmemory-policy is ${facts.evictionPolicy}, which drops jobs; it should be noeviction.`)]),
    ...(facts.isPersistent ? [] : [ok('It forgets its jobs when it restarts; what the inbox holds is queued again.')]),
  ];
}

/** Asks the API process that the data directory's lock names whether it is ready. */
export async function processFindings(holder: LockHolder | null): Promise<Finding[]> {
  const { ok, warn, fail } = findingsOf('processes');
  if (holder === null) return [ok('Nothing runs on this data directory.')];
  if (holder.address === null) return [warn(`Process ${holder.pid} is ${holder.stopping ? 'stopping' : 'starting'}.`)];
  try {
    const answer = await fetch(`${holder.address}/readyz`, { signal: AbortSignal.timeout(ANSWER_MS) });
    const { checks } = (await answer.json()) as { checks: { name: string; status: string; reason?: string }[] };
    const wrong = checks.filter(({ status }) => status !== 'ok').map(({ name, reason }) => `${name}: ${reason}`);
    const text = `Throughline runs at ${holder.address} (process ${holder.pid})`;
    if (wrong.length === 0) return [ok(`${text} and is ready.`)];
    return [(answer.ok ? warn : fail)(`${text} and says: ${wrong.join(' ')}`)];
  } catch {
    return [fail(`The API process at ${holder.address} does not answer.`)];
  }
}
