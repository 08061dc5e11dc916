import type { ClientBase } from 'pg';
import { type Finding, findingsOf } from './finding';

const LATE_SECONDS = 60;
const SOON_DAYS = 14;

interface WorkFacts {
  readonly messages: number;
  readonly waiting_seconds: number;
  readonly dead_letters: number;
  readonly notes: number;
  readonly follow_seconds: number;
  readonly deliveries: number;
  readonly overdue_seconds: number;
  readonly failed_segments: number;
  readonly open_destinations: number;
}

/** What waits, in all workspaces together, and what has failed. */
export async function workFindings(client: ClientBase): Promise<Finding[]> {
  const { ok, warn } = findingsOf('work');
  const { rows } = await client.query<WorkFacts>(`
    select (select coalesce(sum(b.messages), 0)::float8 from inbox_backlog() b) as messages,
      coalesce((select extract(epoch from now() - min(b.oldest_received_at)) from inbox_backlog() b), 0)::float8 as waiting_seconds,
      (select count(*) from (select from dead_letter limit 1000000) d)::float8 as dead_letters,
      w.unfollowed_notes::float8 as notes, coalesce(extract(epoch from now() - w.unfollowed_since), 0)::float8 as follow_seconds,
      w.pending_deliveries::float8 as deliveries, coalesce(extract(epoch from now() - w.delivery_due_since), 0)::float8 as overdue_seconds,
      (select count(*) from segment s where s.status = 'FAILED')::float8 as failed_segments,
      (select count(*) from destination d where d.open_until is not null)::float8 as open_destinations
    from work_backlogs(now(), 100000) w`);
  const it = rows[0] as WorkFacts;
  const said = (isLate: boolean, text: string): Finding => (isLate ? warn(text) : ok(text));
  return [
    said(
      it.waiting_seconds > LATE_SECONDS,
      `${it.messages} messages wait to be processed, the oldest for ${Math.round(it.waiting_seconds)} s.`,
    ),
    said(it.follow_seconds > LATE_SECONDS, `${it.notes} changes wait to be followed, since ${Math.round(it.follow_seconds)} s.`),
    said(
      it.overdue_seconds > LATE_SECONDS,
      `${it.deliveries} deliveries are to be made, the one due first since ${Math.round(it.overdue_seconds)} s.`,
    ),
    ...(it.open_destinations > 0 ? [warn(`${it.open_destinations} destinations have failed so often that they get a rest.`)] : []),
    ...(it.failed_segments > 0 ? [warn(`${it.failed_segments} segments can not be computed.`)] : []),
    ok(`${it.dead_letters} dead letters.`),
  ];
}

/** A key's `expires_at` where keys have one: an older database has not. */
const EXPIRES_AT = `(to_jsonb(c) ->> 'expires_at')::timestamptz`;

export async function keyFindings(client: ClientBase): Promise<Finding[]> {
  const { ok, warn } = findingsOf('keys');
  const { rows } = await client.query<{ name: string; days: number }>(`
    select c.name, (extract(epoch from ${EXPIRES_AT} - now()) / 86400)::float8 as days
    from credential c
    where c.revoked_at is null and ${EXPIRES_AT} < now() + make_interval(days => ${SOON_DAYS})
    order by 2`);
  if (rows.length === 0) return [ok(`No key expires within ${SOON_DAYS} days.`)];
  return rows.map(({ name, days }) =>
    warn(days < 0 ? `The key “${name}” has expired.` : `The key “${name}” expires in ${Math.floor(days)} days.`),
  );
}
