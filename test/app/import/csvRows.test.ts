import fc from 'fast-check';
import { type CsvOptions, csvRows } from '../../../src/app/import/csvRows';
import { linesOf } from '../../../src/app/import/fileLines';
import { FileFault, type ImportRow } from '../../../src/app/import/importRow';

async function* pieces(text: string, size: number): AsyncGenerator<string> {
  for (let at = 0; at < text.length; at += size) yield await Promise.resolve(text.slice(at, at + size));
}

async function read(text: string, options: Partial<CsvOptions> = {}, size = 7): Promise<ImportRow[]> {
  const rows: ImportRow[] = [];
  for await (const row of csvRows(linesOf(pieces(text, size)), { delimiter: null, columns: null, ...options })) rows.push(row);
  return rows;
}

const told = (rows: readonly ImportRow[]) =>
  rows.map((row) => ('record' in row ? [row.row, row.line, { ...row.record }] : [row.row, row.line, 'unreadable']));

it.each([
  ['LF', 'id,name\n1,Ada\n2,Grace\n'],
  ['CR LF', 'id,name\r\n1,Ada\r\n2,Grace\r\n'],
  ['CR', 'id,name\r1,Ada\r2,Grace'],
  ['no line end at the end', 'id,name\n1,Ada\n2,Grace'],
  ['semicolons', 'id;name\n1;Ada\n2;Grace'],
  ['tabs', 'id\tname\n1\tAda\n2\tGrace'],
  ['empty cells at the end, as spreadsheets write them', 'id,name,,\n1,Ada,,\n2,Grace,,\n,,,\n'],
  ['quotes around everything', '"id","name"\n"1","Ada"\n"2","Grace"'],
])('reads a file with %s', async (_what, text) => {
  expect(told(await read(text))).toEqual([
    [1, 2, { id: '1', name: 'Ada' }],
    [2, 3, { id: '2', name: 'Grace' }],
  ]);
});

it('says on which line a row begins, whatever cells and blank lines stand before it', async () => {
  const rows = await read('id,note\n\n1,"two\r\nlines, ""quoted"""\n\n\n2,x\n');
  expect(told(rows)).toEqual([
    [1, 3, { id: '1', note: 'two\r\nlines, "quoted"' }],
    [2, 7, { id: '2', note: 'x' }],
  ]);
});

it.each([
  ['a quote that is never closed', 'id,name\n1,"Ada\n2,Grace\n3,Alan\n', [1]],
  ['one that the next quote closes in the wrong place', 'id,name\n1,"Ada\n2,"Grace"\n3,Alan\n', [1]],
  ['one that the next quote closes as if it were one cell', 'id,name\n1,"Ada\n2,"Grace",\n3,Alan\n', [1]],
  ['a quote that joins it to the next row', 'id,name\n"1,Ada\n2",Grace,x\n3,Alan\n', [1, 2]],
  ['text after a closing quote', 'id,name\n1,"Ada" L\n2,Grace\n3,Alan\n', [1]],
  ['a quote inside a plain cell', 'id,name\n1,5" pipe\n2,Grace\n3,Alan\n', [1]],
  ['a broken last row', 'id,name\n1,Ada\n2,Grace\n3,"Alan', [3]],
  ['two broken rows one after the other', 'id,name\n1,"Ada\n2,"Grace\n3,Alan', [1, 2]],
  ['too many cells', 'id,name\n1,Ada,Lovelace\n2,Grace\n3,Alan\n', [1]],
  ['too few cells', 'id,name\n1\n2,Grace\n3,Alan\n', [1]],
  ['a line of two million characters', `id,name\n1,Ada\n2,${'x'.repeat(2_000_000)}\n3,Alan\n`, [2]],
])('loses no other row to %s', async (_what, text, broken) => {
  const rows = await read(text, {}, 65_536);
  expect(rows.map((row) => ('unreadable' in row ? row.row : 0)).filter(Boolean)).toEqual(broken);
  expect(rows.map(({ row, line }) => [row, line])).toEqual([
    [1, 2],
    [2, 3],
    [3, 4],
  ]);
  for (const row of rows) if ('record' in row) expect(row.record['name']).toBe(['Ada', 'Grace', 'Alan'][row.row - 1]);
});

it.each([
  ['A quote is not closed.', '1,"Ada\n'],
  ['A quote is followed by neither the end of the cell nor another quote.', '1,"Ada" L\n'],
  ['A quote stands inside a cell that does not begin with one.', '1,5" pipe\n'],
  ['It has 3 cells; there are 2 columns.', '1,2,3\n'],
  ['It has more than 1,000,000 characters.', `1,${'x'.repeat(1_000_001)}\n`],
])('says: %s', async (reason, row) => {
  expect(await read(`id,name\n${row}`, {}, 65_536)).toEqual([{ row: 1, line: 2, unreadable: reason }]);
});

it.each([
  ['a record in the first line', 'ada@example.com,Ada\ngrace@example.com,Grace\n'],
  ['a number for a name', 'email,42\n'],
  ['a column without a name', 'email,,name\n'],
  ['the same name twice', 'email,email\n'],
  ['a broken first line', '"email\nname\n'],
])('refuses %s', async (_what, text) => {
  await expect(read(text)).rejects.toThrow(FileFault);
});

it('takes the first line for a record where the names of the columns are given', async () => {
  const rows = await read('ada@example.com,Ada\ngrace@example.com,Grace\n', { columns: ['email', 'name'] });
  expect(told(rows)).toEqual([
    [1, 1, { email: 'ada@example.com', name: 'Ada' }],
    [2, 2, { email: 'grace@example.com', name: 'Grace' }],
  ]);
});

it('holds any columns, also those that objects have by themselves', async () => {
  const [row] = await read('__proto__,constructor,toString\na,b,c\n');
  expect(row && 'record' in row && Object.entries(row.record)).toEqual([
    ['__proto__', 'a'],
    ['constructor', 'b'],
    ['toString', 'c'],
  ]);
});

it('reads back whatever was written, in pieces of whatever size', async () => {
  const cell = fc.oneof(fc.string(), fc.string({ unit: 'grapheme' }), fc.constantFrom('"', '\n', '\r\n', ',', '""', 'x'));
  const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(cell, cell), { maxLength: 8 }), fc.integer({ min: 1, max: 40 }), async (table, size) => {
      const filled = table.map(([a, b], index) => [`${index}${a}`, b] as const);
      const text = ['a,b', ...filled.map((cells) => cells.map(quoted).join())].join('\n');
      const rows = await read(text, {}, size);
      expect(rows.map((row) => ('record' in row ? [row.record['a'], row.record['b']] : row.unreadable))).toEqual(
        filled.map((cells) => [...cells]),
      );
    }),
  );
});
