import { parseJsonExactly } from '../../intake/parseJson';
import { isJsonObject } from '../../kernel/json';
import { Refusal } from '../../kernel/refusals';
import { type FileLine, LONGEST_LINE } from './fileLines';
import { FileFault, type ImportRow } from './importRow';

/** The objects of NDJSON, one a line; blank lines are nothing. Integers beyond 2^53 become text of their digits. Throws FileFault for one JSON array. */
export async function* jsonRows(lines: AsyncIterable<FileLine>): AsyncGenerator<ImportRow> {
  let row = 0;
  for await (const { line, text } of lines) {
    if (text.trim() === '') continue;
    if (row === 0 && /^\s*\[/.test(text))
      throw new FileFault('The file is a JSON array; one object a line is needed (jq -c ".[]" makes it so).');
    yield rowOf(text, { row: ++row, line });
  }
}

function rowOf(text: string, place: { readonly row: number; readonly line: number }): ImportRow {
  if (text.length > LONGEST_LINE)
    return { ...place, unreadable: `The line has more than ${LONGEST_LINE.toLocaleString('en')} characters.` };
  try {
    const record = parseJsonExactly(text);
    return isJsonObject(record) ? { ...place, record } : { ...place, unreadable: 'It is JSON, but no object.' };
  } catch (error) {
    if (error instanceof Refusal) return { ...place, unreadable: error.message };
    throw error;
  }
}
