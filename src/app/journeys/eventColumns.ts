import { Refusal } from '../../kernel/refusals';

/** Which column of a file says what, by its place; the time may be missing, then the file's order counts. */
export interface EventColumns {
  readonly caseId: number;
  readonly activity: number;
  readonly time: number | null;
}

/** Columns by name, as flags name them; undefined: to be guessed. */
export interface NamedColumns {
  readonly caseId: string | undefined;
  readonly activity: string | undefined;
  readonly time: string | undefined;
}

/** Usual names, the surest first, of exports of XES and of common tools; letters and digits only. */
const CASE_NAMES = 'caseconceptname caseid case casenumber caseno traceid trace processinstance ticketid ticket incidentid orderid'.split(
  ' ',
);
const ACTIVITY_NAMES = 'conceptname activity activityname activityid event eventname task taskname action status state'.split(' ');
const TIME_NAMES =
  'timetimestamp timestamp completetimestamp completetime endtimestamp endtime time datetime eventtime date occurredat starttimestamp starttime'.split(
    ' ',
  );

/** Guesses what columns are for, by their names, else by their order where there are just three. Refuses where case or activity can't be told. */
export function eventColumns(header: readonly string[], named: NamedColumns): EventColumns {
  const threeInOrder = header.length === 3 ? ([0, 1, 2] as const) : ([null, null, null] as const);
  const caseId = columnNamed(header, named.caseId) ?? columnLike(header, CASE_NAMES) ?? threeInOrder[0];
  const activity = columnNamed(header, named.activity) ?? columnLike(header, ACTIVITY_NAMES) ?? threeInOrder[1];
  const time = columnNamed(header, named.time) ?? columnLike(header, TIME_NAMES) ?? threeInOrder[2];
  if (caseId !== null && activity !== null && caseId !== activity) return { caseId, activity, time };
  const missing = caseId === null ? '--case' : '--activity';
  throw new Refusal('COLUMNS_UNUSABLE', `Say with ${missing} which of the columns it is: ${header.join(', ')}.`);
}

function columnNamed(header: readonly string[], name: string | undefined): number | null {
  if (name === undefined) return null;
  const index = header.indexOf(name);
  if (index < 0) throw new Refusal('COLUMN_UNKNOWN', `There is no column "${name}"; there are ${header.join(', ')}.`);
  return index;
}

function columnLike(header: readonly string[], names: readonly string[]): number | null {
  const plain = header.map((name) => name.toLowerCase().replace(/[^a-z0-9]/g, ''));
  const found = names.find((name) => plain.includes(name));
  return found === undefined ? null : plain.indexOf(found);
}
