import type { Row, WorkspaceConnections } from '../workspaceConnections';
import type { Statement } from './statement';

const COLUMNS = `
  dead_letter.dead_letter_id, dead_letter.at, dead_letter.code, dead_letter.reason, dead_letter.source_id, dead_letter.message`;

/** Grain: one row a dead letter, the latest first, those after the given one. No locks. */
const LIST_DEAD_LETTERS: Statement = {
  name: 'list_dead_letters',
  text: `
select ${COLUMNS}
from dead_letter
where dead_letter.workspace_id = $1 and (dead_letter.at, dead_letter.dead_letter_id) < ($2::timestamptz, $3::uuid)
order by dead_letter.at desc, dead_letter.dead_letter_id desc
limit $4`,
};

const FIND_DEAD_LETTER: Statement = {
  name: 'find_dead_letter',
  text: `
select ${COLUMNS}
from dead_letter
where dead_letter.workspace_id = $1 and dead_letter.dead_letter_id = $2::uuid`,
};

const COUNT_DEAD_LETTERS: Statement = {
  name: 'count_dead_letters',
  text: `
select count(*)::float8
from dead_letter
where dead_letter.workspace_id = $1`,
};

const BEYOND_ALL = { at: 'infinity', deadLetterId: 'ffffffff-ffff-ffff-ffff-ffffffffffff' };

export type DeadLetterRow = Row &
  readonly [deadLetterId: string, atMs: number, code: string, reason: string, sourceId: number, message: string];

export function listDeadLetters(
  connections: WorkspaceConnections,
  workspaceId: number,
  page: { readonly after: { readonly at: string; readonly deadLetterId: string } | null; readonly limit: number },
): Promise<readonly DeadLetterRow[]> {
  const { at, deadLetterId } = page.after ?? BEYOND_ALL;
  return connections.run<DeadLetterRow>(workspaceId, LIST_DEAD_LETTERS, [workspaceId, at, deadLetterId, page.limit]);
}

export async function findDeadLetter(
  connections: WorkspaceConnections,
  workspaceId: number,
  deadLetterId: string,
): Promise<DeadLetterRow | null> {
  const [row] = await connections.run<DeadLetterRow>(workspaceId, FIND_DEAD_LETTER, [workspaceId, deadLetterId]);
  return row ?? null;
}

export async function countDeadLetters(connections: WorkspaceConnections, workspaceId: number): Promise<number> {
  const [row] = await connections.run<Row & readonly [number]>(workspaceId, COUNT_DEAD_LETTERS, [workspaceId]);
  return row?.[0] ?? 0;
}
