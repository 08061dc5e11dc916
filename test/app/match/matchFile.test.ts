import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { Chance } from '../../../bench/matching/chance';
import { customers } from '../../../bench/matching/registers';
import { readCsvPairs, scorePairs } from '../../../bench/matching/score';
import { matchFile } from '../../../src/app/match/matchFile';
import { readMatchFlags } from '../../../src/app/match/matchFlags';

const folder = mkdtempSync(join(tmpdir(), 'throughline-match-test-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

jest.setTimeout(60_000);

const OUT = join(folder, 'clusters.csv');
const REPORT = join(folder, 'report.html');
const { header, rows } = customers(400, new Chance(9));
const records = rows.map(({ values }, index) => [`r${index}`, ...values]);

function csv(lines: readonly (readonly string[])[], columns: readonly string[] = ['record_id', ...header]): string {
  return `${[columns, ...lines].map((line) => line.join(',')).join('\n')}\n`;
}

/** Matches a file of this content and answers record → cluster, and what was said. */
async function match(content: string | Buffer, ...flags: string[]) {
  const path = join(folder, 'records.csv');
  writeFileSync(path, content);
  const said: string[] = [];
  await matchFile(readMatchFlags([path, '--out', OUT, '--report', REPORT, ...flags])!, (line) => said.push(line));
  return { clusters: readCsvPairs(OUT), said: said.join('\n') };
}

/** Clusters without their names: for each record who is with it. */
function company(clusters: ReadonlyMap<string, string>): Record<string, string> {
  const members = new Map<string, string[]>();
  for (const [record, cluster] of clusters) members.set(cluster, [...(members.get(cluster) ?? []), record].sort());
  return Object.fromEntries([...clusters].sort().map(([record, cluster]) => [record, members.get(cluster)!.join(' ')]));
}

describe('npm run match', () => {
  it('writes every record once, in the order of the file, and is nearly always right', async () => {
    const { clusters, said } = await match(csv(records));
    expect([...clusters.keys()]).toEqual(records.map(([id]) => id));
    const truth = new Map(rows.map(({ person }, index) => [`r${index}`, person]));
    expect(scorePairs(clusters, truth).f1).toBeGreaterThan(0.97);
    expect(said).toMatch(/first_name +givenName/);
  });

  it('comes to the same clusters in whatever order the rows stand', async () => {
    const { clusters } = await match(csv(records));
    const shuffled = await match(csv(new Chance(4).shuffle([...records])));
    expect(company(shuffled.clusters)).toEqual(company(clusters));
  });

  it('puts a record that is there twice with its twin', async () => {
    const [, ...values] = records[5]!;
    const { clusters } = await match(csv([...records, ['twin', ...values]]));
    expect(clusters.get('twin')).toBe(clusters.get('r5'));
  });

  it('comes to the same clusters with a column that is the same everywhere', async () => {
    const { clusters } = await match(csv(records));
    const constant = await match(
      csv(
        records.map((record) => [...record, 'EU']),
        ['record_id', ...header, 'tenant'],
      ),
    );
    expect(constant.clusters).toEqual(clusters);
  });

  it('reads gzip, a byte order mark, semicolons and CRLF as well', async () => {
    const { clusters } = await match(csv(records));
    const other = `\ufeff${csv(records).replaceAll(',', ';').replaceAll('\n', '\r\n')}`;
    expect((await match(gzipSync(other))).clusters).toEqual(clusters);
  });

  it('takes the number of the row for the id where there is none, and says so', async () => {
    const { clusters, said } = await match(
      csv(
        records.map(([, ...values]) => values),
        header,
      ),
    );
    expect([...clusters.keys()].slice(0, 3)).toEqual(['1', '2', '3']);
    expect(said).toContain('the number of the row');
  });

  it('does as the flags say', async () => {
    const { said } = await match(csv(records), '--map', 'city=ignore', '--exclude', 'zip', '--map', 'street=text');
    for (const line of [/city +ignore/, /zip +ignore/, /street +text/]) expect(said).toMatch(line);
    const { clusters } = await match(csv(records), '--largest', '2', '--threshold', '0.9');
    const sizes = Object.values(company(clusters)).map((members) => members.split(' ').length);
    expect(Math.max(...sizes)).toBe(2);
  });

  it('reports in one file that loads nothing and runs nothing, whatever the records hold', async () => {
    const evil = `<script>alert("1")</script>`;
    const lines = records.map(([id, given, ...rest]) => [`${id}${evil.replaceAll('"', '')}`, given!, ...rest]);
    await match(csv(lines));
    const report = readFileSync(REPORT, 'utf8');
    expect(report).not.toMatch(/<script|<link|<img|src=|href=|url\(|@import|https?:/i);
    expect(report).toContain('&lt;script&gt;');
    for (const part of ['The model', 'Weights of all pairs', 'Pairs that match', 'Where pairs were looked for', 'any two records']) {
      expect(report).toContain(part);
    }
  });

  it.each<[string, string | Buffer, string[], string]>([
    ['an empty file', '', [], 'FILE_EMPTY'],
    ['a header alone', 'id,first_name\n', [], 'FILE_EMPTY'],
    ['a quote that is never closed', 'id,first_name\n1,"Ada\n2,Bob\n', [], 'CSV_BROKEN'],
    ['a line with too many values', 'id,first_name\n1,Ada\n2,Bob,Cy\n', [], 'CSV_BROKEN'],
    ['a line with too few values', 'id,first_name\n1,Ada\n2\n', [], 'CSV_BROKEN'],
    ['Latin-1', Buffer.from('id,first_name\n1,Ren\xe9\n', 'latin1'), [], 'CSV_ENCODING'],
    ['a column named twice', 'id,name,name\n1,Ada,Bob\n', [], 'CSV_HEADER_INVALID'],
    ['a column without a name', 'id,,name\n1,Ada,Bob\n', [], 'CSV_HEADER_INVALID'],
    ['the same record id twice', 'id,first_name\n1,Ada\n1,Bob\n', ['--id', 'id'], 'RECORD_ID_REPEATED'],
    ['a record without an id', 'id,first_name\n1,Ada\n,Bob\n', ['--id', 'id'], 'RECORD_ID_REPEATED'],
    ['a flag for a column that is not there', 'id,first_name\n1,Ada\n2,Bob\n', ['--exclude', 'nobody'], 'COLUMN_UNKNOWN'],
    ['columns that tell nothing', 'id,first_name\n1,Ada\n2,Ada\n', [], 'COLUMNS_UNUSABLE'],
    ['a broken gzip', Buffer.from([0x1f, 0x8b, 8, 0, 1, 2, 3]), [], 'FILE_UNREADABLE'],
  ])('refuses %s with a code', async (_, content, flags, code) => {
    await expect(match(content, ...flags)).rejects.toMatchObject({ name: 'Refusal', code });
  });

  it('refuses a file that is not there, and a place that cannot be written to', async () => {
    const flags = readMatchFlags([join(folder, 'nowhere.csv')])!;
    await expect(matchFile(flags, () => undefined)).rejects.toMatchObject({ code: 'FILE_UNREADABLE' });
    await expect(match(csv(records), '--out', join(folder, 'no', 'such', 'folder.csv'))).rejects.toMatchObject({ code: 'FILE_UNREADABLE' });
  });

  it.each([
    [[]],
    [['a.csv', 'b.csv']],
    [['a.csv', '--threshold', '1']],
    [['a.csv', '--largest', '1.5']],
    [['a.csv', '--map', 'x=y']],
    [['a.csv', '--wat']],
  ])('refuses the flags %j with a code', (args) => {
    expect(() => readMatchFlags(args)).toThrow(expect.objectContaining({ code: 'INVALID_INPUT' }));
  });

  it('survives values that no person has', async () => {
    const nasty = ['\0', '__proto__', 'constructor', 'x'.repeat(100_000), '𝒳𝒴', '9007199254740993', "'; drop table record; --"];
    const lines = nasty.map((value, index) => [String(index), value, value, '1900-01-01']);
    const { clusters } = await match(csv(lines, ['id', 'first_name', 'surname', 'dob']));
    expect(clusters.size).toBe(nasty.length);
  });
});
