/**
 * The Redis that REDIS_URL names, but a database of it that no other test works in at the same time; null where the queue is in PostgreSQL.
 * A Cluster has one database only, and so has a URL that names one.
 */
export function redisOfItsOwn(database = process.env['JEST_WORKER_ID'] ?? '1'): string | null {
  const url = process.env['REDIS_URL'];
  if (!url) return null;
  return /^rediss?:\/\/[^/]+$/.test(url) ? `${url}/${database}` : url;
}
