import type { ClientBase } from 'pg';
import type { DeadLetter } from '../../intake/message';
import { encodeInt4Array, encodeJsonArray, encodeTextArray, encodeTimestamptzArray, encodeUuidArray } from '../binaryArrays';
import { type Statement, send } from './statement';

/** One row a refused message; one that is there under the same id stays as it is. */
const INSERT_DEAD_LETTERS: Statement = {
  name: 'insert_dead_letters',
  text: `
insert into dead_letter (workspace_id, dead_letter_id, at, code, reason, source_id, message)
select $1, refused.*
from unnest($2::uuid[], $3::timestamptz[], $4::text[], $5::text[], $6::int4[], $7::json[]) as refused
on conflict (workspace_id, dead_letter_id) do nothing`,
};

export async function insertDeadLetters(client: ClientBase, workspaceId: number, letters: readonly DeadLetter[]): Promise<void> {
  await send(client, INSERT_DEAD_LETTERS, [
    workspaceId,
    encodeUuidArray(letters.map((letter) => letter.deadLetterId)),
    encodeTimestamptzArray(letters.map((letter) => letter.atMs)),
    encodeTextArray(letters.map((letter) => letter.code)),
    encodeTextArray(letters.map((letter) => letter.reason)),
    encodeInt4Array(letters.map((letter) => letter.sourceId)),
    encodeJsonArray(letters.map((letter) => letter.message)),
  ]);
}
