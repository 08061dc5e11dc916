import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CsvSnapshot } from '../../bulk/csvSnapshot';
import { Refusal } from '../../kernel/refusals';
import type { EventLog } from '../../measures/journeys/eventLog';
import { EventLogBuilder } from '../../measures/journeys/eventLogBuilder';
import { type EventColumns, eventColumns } from './eventColumns';
import { type DayOrder, dayOrderOf, parseEventTime } from './eventTime';
import type { JourneyFlags } from './journeyFlags';

/** Reads a CSV as an event log. `say` is told which columns were taken. */
export async function readEventLog(
  flags: Pick<JourneyFlags, 'file' | 'columns' | 'dayOrder'>,
  say: (line: string) => void,
): Promise<EventLog> {
  const scratch = await mkdtemp(join(tmpdir(), 'throughline-journeys-'));
  try {
    const snapshot = await CsvSnapshot.open(flags.file, scratch);
    try {
      if (snapshot.records === 0) throw new Refusal('FILE_EMPTY', `${flags.file} has a header and no events.`);
      const columns = eventColumns(snapshot.header, flags.columns);
      say(describe(snapshot.header, columns));
      const { log, leftOut } = await logOf(snapshot, columns, flags.dayOrder ?? (await dayOrderIn(snapshot, columns)));
      if (leftOut > 0) say(`${leftOut} rows without a case or an activity are left out`);
      return log;
    } finally {
      snapshot.close();
    }
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

function describe(header: readonly string[], { caseId, activity, time }: EventColumns): string {
  const timeText = time === null ? "no time: the file's order counts" : `time ${header[time]}`;
  return `case ${header[caseId]}, activity ${header[activity]}, ${timeText}`;
}

async function logOf(snapshot: CsvSnapshot, { caseId, activity, time }: EventColumns, dayOrder: DayOrder) {
  const builder = new EventLogBuilder();
  const columns = time === null ? [caseId, activity] : [caseId, activity, time];
  let row = 0;
  let leftOut = 0;
  for await (const [cases = [], activities = [], times] of snapshot.inFileOrder(columns)) {
    for (const [index, name] of cases.entries()) {
      row++;
      const event = activities[index] as string;
      if (name === '' || event === '') leftOut++;
      else builder.add(name, event, times ? timeIn(times[index] as string, dayOrder, row) : 0);
    }
  }
  return { log: builder.build(), leftOut };
}

function timeIn(text: string, dayOrder: DayOrder, row: number): number {
  const atMs = parseEventTime(text, dayOrder);
  if (Number.isNaN(atMs))
    throw new Refusal('TIMESTAMP_INVALID', `Row ${row}: "${text}" is no time. Is it the right column? --time names another.`);
  return atMs;
}

/** Looks at times until one leaves no doubt, and at no more than one where they are not written so that there is any. */
async function dayOrderIn(snapshot: CsvSnapshot, { time }: EventColumns): Promise<DayOrder> {
  if (time === null) return 'DAY_FIRST';
  for await (const [times = []] of snapshot.inFileOrder([time])) {
    for (const text of times) {
      const order = dayOrderOf(text);
      if (order !== null) return order ?? 'DAY_FIRST';
    }
  }
  return 'DAY_FIRST';
}
