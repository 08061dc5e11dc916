import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { readJourneyFlags } from '../../../src/app/journeys/journeyFlags';
import { journeyReport, reportTable } from '../../../src/app/journeys/journeyReport';
import { readEventLog } from '../../../src/app/journeys/readEventLog';
import { RUNNING_EXAMPLE } from './runningExample';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'event-log-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

async function reportOf(text: string | Buffer, flags: readonly string[] = []) {
  const file = join(folder, 'events.csv');
  writeFileSync(file, text);
  const said: string[] = [];
  const read = readJourneyFlags([file, ...flags])!;
  const log = await readEventLog(read, (line) => said.push(line));
  return { ...journeyReport(log, read.repeats), said };
}

const paths = (report: { variants: readonly { activities: readonly string[]; cases: number }[] }) =>
  report.variants.map(({ activities, cases }) => [activities.join(''), cases]);

describe('on the running example of the book', () => {
  /** Shuffled, so that only the times tell the order. */
  const rows = [...RUNNING_EXAMPLE].sort((left, right) => (left[2] < right[2] ? -1 : 1));
  const csv = ['Case ID;Activity;Timestamp', ...rows.map((row) => row.join(';'))].join('\n');

  it('finds six cases that all went another way', async () => {
    expect(await reportOf(csv)).toMatchObject({ cases: 6, events: 42, variants: Array(6).fill({ cases: 1 }) });
  });

  it('counts what follows directly', async () => {
    const { directlyFollows } = await reportOf(csv);
    expect(Object.fromEntries(directlyFollows.map(({ from, to, count }) => [`${from} > ${to}`, count]))).toEqual({
      'register request > examine casually': 3,
      'register request > check ticket': 2,
      'register request > examine thoroughly': 1,
      'examine casually > check ticket': 4,
      'examine casually > decide': 2,
      'examine thoroughly > check ticket': 2,
      'examine thoroughly > decide': 1,
      'check ticket > decide': 6,
      'check ticket > examine casually': 2,
      'check ticket > examine thoroughly': 1,
      'decide > reinitiate request': 3,
      'decide > pay compensation': 3,
      'decide > reject request': 3,
      'reinitiate request > examine thoroughly': 1,
      'reinitiate request > check ticket': 1,
      'reinitiate request > examine casually': 1,
    });
  });

  it('counts how often it was decided again', async () => {
    const { repeats } = await reportOf(csv, ['--repeats', 'decide']);
    expect(repeats).toEqual([{ activity: 'decide', cases: 6, repeatedCases: 2, repeats: 3, rate: 1 / 3 }]);
  });

  it('tells how cases begin and end', async () => {
    expect(await reportOf(csv)).toMatchObject({
      startActivities: [{ activity: 'register request', cases: 6 }],
      endActivities: [
        { activity: 'pay compensation', cases: 3 },
        { activity: 'reject request', cases: 3 },
      ],
    });
  });

  it('prints it as a table', async () => {
    const report = await reportOf(csv, ['--repeats', 'decide']);
    const table = reportTable(report, 2).split('\n');
    expect(table[0]).toBe('6 cases, 42 events, 8 activities, 6 variants');
    expect(table).toContain('     count  directly follows (the first 2 of 16)');
    expect(table).toContain('         6  check ticket → decide');
    expect(table).toContain('"decide" came again 3 times, in 2 of the 6 cases that have it (33.3 %)');
  });
});

it('shortens what went on for very long, in the table only', async () => {
  const report = await reportOf(`case,activity\n${'1,a\n'.repeat(42)}`);
  expect(reportTable(report, 1)).toContain('a → a → and 2 more\n');
  expect(report.variants[0]?.activities).toHaveLength(42);
});

it('reads an export of XES: quotes, names with colons, zones', async () => {
  const csv = `"case:concept:name","concept:name","org:resource","time:timestamp"
"1","b, ""quoted""","Ann","2011-10-01 10:00:00.000001+02:00"
"1","a","Bob","2011-10-01T07:59:59.999Z"
"1","c
d","Bob","2011-10-01 10:00:00.000002+02:00"`;
  const { variants, said } = await reportOf(csv);
  expect(variants[0]?.activities).toEqual(['a', 'b, "quoted"', 'c\nd']);
  expect(said).toEqual(['case case:concept:name, activity concept:name, time time:timestamp']);
});

it('keeps the order of the file for what happened at the same time', async () => {
  const csv = ['case,activity,time', ...[...'cab'].map((activity) => `1,${activity},2011-01-01`), '1,z,2010-01-01'].join('\n');
  expect(paths(await reportOf(csv))).toEqual([['zcab', 1]]);
});

it('goes by the order of the file where there are no times', async () => {
  expect(paths(await reportOf('case,activity\n1,b\n2,x\n1,a'))).toEqual([
    ['ba', 1],
    ['x', 1],
  ]);
});

it('takes three columns for case, activity and time where their names say nothing', async () => {
  expect(paths(await reportOf('x,y,z\n1,b,2011-01-02\n1,a,2011-01-01'))).toEqual([['ab', 1]]);
});

it('goes by the columns that are named', async () => {
  const csv = 'case,activity,time,ticket,step\nx,y,2011-01-02,1,b\nx,y,2011-01-01,1,a';
  expect(paths(await reportOf(csv, ['--case', 'ticket', '--activity', 'step']))).toEqual([['ab', 1]]);
});

it('tells from a later row that months come first', async () => {
  const csv = 'case,activity,time\n1,b,02/01/2011\n1,a,01/12/2011\n1,c,12/31/2011';
  expect(paths(await reportOf(csv))).toEqual([['abc', 1]]);
  expect(paths(await reportOf(csv.replace(/.*12.31.*/, ''), ['--day-first']))).toEqual([['ba', 1]]);
});

it('reads compressed files', async () => {
  expect(paths(await reportOf(gzipSync('case,activity\n1,a')))).toEqual([['a', 1]]);
});

it('leaves out rows without a case or an activity, and says so', async () => {
  const report = await reportOf('case,activity\n1,a\n,b\n1,');
  expect(paths(report)).toEqual([['a', 1]]);
  expect(report.said[1]).toBe('2 rows without a case or an activity are left out');
});

it.each([
  ['TIMESTAMP_INVALID', 'case,activity,time\n1,a,yesterday', []],
  ['COLUMN_UNKNOWN', 'case,activity\n1,a', ['--time', 'when']],
  ['COLUMNS_UNUSABLE', 'a,b\n1,2', []],
  ['FILE_EMPTY', 'case,activity\n', []],
  ['CSV_BROKEN', 'case,activity\n1,a,b\n', []],
])('refuses with %s', async (code, csv, flags) => {
  await expect(reportOf(csv, flags)).rejects.toMatchObject({ code });
});
