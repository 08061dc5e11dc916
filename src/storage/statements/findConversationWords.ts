import type { Row, WorkspaceConnections } from '../workspaceConnections';
import { INTERACTION_TEXT, type InteractionFields, readInteractionText } from './interactionText';
import type { Statement } from './statement';

/** Grain: one row an interaction in which somebody said all of the words, the newest first, those after the given place. No locks. */
const FIND_CONVERSATION_WORDS: Statement = {
  name: 'find_conversation_words',
  text: `
select ${INTERACTION_TEXT}
from find_conversation_words($2, $3::bigint[], $4::timestamptz, $5::uuid, $6) as found
join interaction as entry on entry.workspace_id = $1 and entry.interaction_id = found.interaction_id
order by entry.occurred_at desc, entry.interaction_id desc`,
};

const COUNT_CONVERSATION_WORDS: Statement = {
  name: 'count_conversation_words',
  text: `
select count(*)::float8
from find_conversation_words($1, $2::bigint[], 'infinity', 'ffffffff-ffff-ffff-ffff-ffffffffffff', null) as found`,
};

export interface SaidWords {
  /** Each is the beginning of a word that was said. */
  readonly words: readonly string[];
  /** Of whom; null: of anybody. */
  readonly identifierIds: readonly string[] | null;
}

export async function findConversationWords(
  connections: WorkspaceConnections,
  workspaceId: number,
  said: SaidWords,
  page: { readonly olderThan: readonly [occurredAt: string, interactionId: string]; readonly limit: number },
): Promise<readonly InteractionFields[]> {
  const values = [workspaceId, tsquery(said.words), said.identifierIds, ...page.olderThan, page.limit];
  const rows = await connections.run<Row & readonly [string]>(workspaceId, FIND_CONVERSATION_WORDS, values);
  return rows.map(([text]) => readInteractionText(text));
}

export async function countConversationWords(connections: WorkspaceConnections, workspaceId: number, said: SaidWords): Promise<number> {
  const values = [tsquery(said.words), said.identifierIds];
  const [row] = await connections.run<Row & readonly [number]>(workspaceId, COUNT_CONVERSATION_WORDS, values);
  return row?.[0] ?? 0;
}

/** All of the words, each quoted, so that no character has a meaning of its own, and as a beginning. */
export function tsquery(words: readonly string[]): string {
  return words.map((word) => `(${waysToWrite(word).map(lexeme).join(' | ')})`).join(' & ');
}

function lexeme(word: string): string {
  return `'${word.replace(/['\\]/g, '$&$&')}':*`;
}

/** PostgreSQL writes other letters than A to Z small only where its locale knows them, in the index and here alike. */
function waysToWrite(word: string): readonly string[] {
  const [first = '', ...rest] = word;
  const ways = [word, first.toUpperCase() + rest.join(''), word.toUpperCase()].filter((way) => way.length === word.length);
  return /^[\0-\x7f]*$/.test(word) ? [word] : [...new Set(ways)];
}
