import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { readJourneyFlags } from '../../../src/app/journeys/journeyFlags';
import { journeyReport, reportTable } from '../../../src/app/journeys/journeyReport';
import { readEventLog } from '../../../src/app/journeys/readEventLog';
import { FINE_LETTERS, ROAD_TRAFFIC_FINES } from './roadTrafficFines';
import { RUNNING_EXAMPLE, RUNNING_EXAMPLE_FOLLOWS } from './runningExample';

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
    expect(Object.fromEntries(directlyFollows.map(({ from, to, count }) => [`${from} > ${to}`, count]))).toEqual(RUNNING_EXAMPLE_FOLLOWS);
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

it('finds in the log L1 of the book (chapter 5) its three variants, and what follows directly', async () => {
  const traces = ['abcd', 'abcd', 'abcd', 'acbd', 'acbd', 'aed'];
  const rows = traces.flatMap((trace, caseId) => [...trace].map((activity, at) => `${caseId};${activity};2011-01-0${at + 1}`));
  const report = await reportOf(['case;activity;time', ...rows.toSorted()].join('\n'));
  expect(paths(report)).toEqual([
    ['abcd', 3],
    ['acbd', 2],
    ['aed', 1],
  ]);
  expect(Object.fromEntries(report.directlyFollows.map(({ from, to, count }) => [from + to, count]))).toEqual({
    ab: 3,
    ac: 2,
    ae: 1,
    bc: 3,
    cb: 2,
    bd: 2,
    cd: 3,
    ed: 1,
  });
});

describe('on the first hundred fines of the Road Traffic Fine Management log (de Leoni, Mannhardt, 2015), as shipped with pm4py', () => {
  it('finds its ten variants', async () => {
    const report = await reportOf(ROAD_TRAFFIC_FINES);
    expect(report).toMatchObject({ cases: 100, events: 390, activities: { length: 10 } });
    expect(report.variants.map(({ activities, cases }) => `${cases} ${activities.map((name) => FINE_LETTERS[name]).join('')}`)).toEqual([
      '36 CSIAT',
      '22 CP',
      '16 CS',
      '10 CSIAP',
      '5 CSIAPP',
      '4 CSIPAP',
      '4 CSP',
      '1 CPS',
      '1 CSIDAFRNP',
      '1 CSPIAP',
    ]);
  });

  it('counts what follows directly, and who paid again', async () => {
    const { directlyFollows, repeats } = await reportOf(ROAD_TRAFFIC_FINES, ['--repeats', 'Payment']);
    const follows = Object.fromEntries(directlyFollows.map(({ from, to, count }) => [`${FINE_LETTERS[from]}${FINE_LETTERS[to]}`, count]));
    expect(follows).toMatchObject({ CS: 77, SI: 56, IA: 52, AT: 36, CP: 23, AP: 20, SP: 5, PP: 5, IP: 4, PA: 4, PS: 1, PI: 1 });
    expect(repeats).toEqual([{ activity: 'Payment', cases: 48, repeatedCases: 10, repeats: 10, rate: 10 / 48 }]);
  });
});

describe('understands the columns of', () => {
  const TIMES = ['2011-01-01 09:00', '2011-01-01 08:00'];

  it.each([
    ['XES as CSV, with costs', ['case:concept:name', 'concept:name', 'time:timestamp', 'costs', 'org:resource']],
    ['a notebook of pm4py', ['cas:concept:name', 'concept:name', 'time:timestamp', 'costs', 'org:resource']],
    ['Disco', ['Case ID', 'Activity', 'Complete Timestamp', 'Start Timestamp', 'Resource']],
    ['bupaR', ['patient', 'handling', 'time', 'employee', 'registration_type']],
    ['Celonis', ['_CASE_KEY', 'ACTIVITY_EN', 'EVENTTIME', '_SORTING', 'USER']],
    ['the BPI Challenge 2013', ['SR Number', 'Status', 'Change Date+Time', 'Sub Status', 'Involved ST']],
    ['the BPI Challenge 2014', ['Incident ID', 'IncidentActivity_Type', 'DateStamp', 'IncidentActivity_Number', 'Assignment Group']],
    ['ServiceNow', ['number', 'incident_state', 'sys_updated_at', 'active', 'reopen_count']],
    ['a web shop', ['customer_id', 'event', 'timestamp', 'channel', 'page']],
    ['a German desk', ['Vorgang', 'Aktivität', 'Zeitstempel', 'Ort', 'Bemerkung']],
  ])('%s, in any order, after a BOM, quoted', async (_, [caseId, activity, time, ...others]) => {
    const header = [...others, time, activity, caseId];
    const rows = TIMES.map((at, index) => [...others.map(() => 'x'), at, 'ba'[index], '1']);
    const csv = [header, ...rows].map((cells) => cells.map((cell) => `"${cell}"`).join(';')).join('\r\n');
    const report = await reportOf(`\ufeff${csv}\r\n`);
    expect(report.said[0]).toBe(`case ${caseId}, activity ${activity}, time ${time}`);
    expect(paths(report)).toEqual([['ab', 1]]);
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

it('takes columns by number, and by name whatever the capitals', async () => {
  const csv = 'Ref,What,When,note\nx,b,2011-01-02,n\nx,a,2011-01-01,n';
  expect(paths(await reportOf(csv, ['--case', '1', '--activity', 'what', '--time', 'WHEN']))).toEqual([['ab', 1]]);
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
  ['COLUMNS_UNUSABLE', '1,a,2011-01-01 09:00\n1,b,2011-01-01 10:00', []],
  ['COLUMN_UNKNOWN', 'case,activity\n1,a', ['--case', '3']],
  ['FILE_EMPTY', 'case,activity\n', []],
  ['CSV_BROKEN', 'case,activity\n1,a,b\n', []],
])('refuses with %s', async (code, csv, flags) => {
  await expect(reportOf(csv, flags)).rejects.toMatchObject({ code });
});
