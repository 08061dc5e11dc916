import { Refusal } from '../../kernel/refusals';
import { parseEventTime } from './eventTime';

/** Which column of a file says what, by its place; the time may be missing, then the file's order counts. */
export interface EventColumns {
  readonly caseId: number;
  readonly activity: number;
  readonly time: number | null;
}

/** Columns by name or number, as flags name them; undefined: to be guessed. */
export interface NamedColumns {
  readonly caseId: string | undefined;
  readonly activity: string | undefined;
  readonly time: string | undefined;
}

/** Usual names, the surest first, of exports of XES and of common tools; letters without accents, and digits only. */
const CASE_NAMES: readonly RegExp[] = [
  /^cas[a-z]*conceptname$/,
  /^case(id|key|number|no|nr)?$/,
  /^(trace|ticket|incident|fall|vorgang)(id|key|number|no|nr|nummer)?$/,
  /^processinstance(id)?$/,
  /^(process|order|request|sr|claim|application)(id|key|number|no|nr|nummer)$/,
  /^number$/,
  /^(customer|kunden?|user|person|patient|profile|session|visitor)(id|key|number|no|nr|nummer)?$/,
];
const ACTIVITY_NAMES: readonly RegExp[] = [
  /^conceptname$/,
  /^activity(id|name|en|type)?$/,
  /^event(name|type)?$/,
  /^task(name)?$/,
  /^action(name)?$/,
  /^(status|state)$/,
  /^(aktivitat|schritt|step|stepname|handling)$/,
  /activity(name|type)$/,
  /^(case|ticket|incident|request)(status|state)$/,
];
const TIME_NAMES: readonly RegExp[] = [
  /^timetimestamp$/,
  /^timestamp$/,
  /^(complete|end)time(stamp)?$/,
  /^(time|datetime|eventtime|date|occurredat|datestamp|zeitstempel|zeit|datum)$/,
  /^starttime(stamp)?$/,
  /^(change|changed|event)(date|datetime|timestamp)$/,
  /^(sys)?updatedat$/,
];

/**
 * Guesses what columns are for, by their names, else by their order where there are just three. Refuses where case or activity can't be told,
 * and where the first line is an event already: it would be lost.
 */
export function eventColumns(header: readonly string[], named: NamedColumns): EventColumns {
  const time = header.find((cell) => !Number.isNaN(parseEventTime(cell, 'DAY_FIRST')));
  if (time !== undefined) {
    throw new Refusal(
      'COLUMNS_UNUSABLE',
      `The first line names the columns; "${time}" is a time. Put a line such as case,activity,time before it.`,
    );
  }
  return chosenColumns(header, named);
}

function chosenColumns(header: readonly string[], named: NamedColumns): EventColumns {
  const threeInOrder = header.length === 3 ? ([0, 1, 2] as const) : ([null, null, null] as const);
  const caseId = columnNamed(header, named.caseId) ?? columnLike(header, CASE_NAMES) ?? threeInOrder[0];
  const activity = columnNamed(header, named.activity) ?? columnLike(header, ACTIVITY_NAMES) ?? threeInOrder[1];
  const time = columnNamed(header, named.time) ?? columnLike(header, TIME_NAMES) ?? threeInOrder[2];
  if (caseId !== null && activity !== null && caseId !== activity) return { caseId, activity, time };
  const missing = caseId === null ? '--case' : '--activity';
  throw new Refusal('COLUMNS_UNUSABLE', `Say with ${missing} which of the columns it is: ${header.join(', ')}.`);
}

/** By its name, whatever its capitals, or by its number from 1. */
function columnNamed(header: readonly string[], name: string | undefined): number | null {
  if (name === undefined) return null;
  const exact = header.indexOf(name);
  const index = exact >= 0 ? exact : header.findIndex((column) => column.toLowerCase() === name.toLowerCase());
  if (index >= 0) return index;
  const number = /^\d{1,4}$/.test(name) ? Number(name) : 0;
  if (number >= 1 && number <= header.length) return number - 1;
  throw new Refusal('COLUMN_UNKNOWN', `There is no column "${name}"; there are ${header.join(', ')}.`);
}

function columnLike(header: readonly string[], names: readonly RegExp[]): number | null {
  const plain = header.map((name) =>
    name
      .normalize('NFD')
      .toLowerCase()
      .replace(/[^a-z0-9]/g, ''),
  );
  for (const name of names) {
    const index = plain.findIndex((column) => name.test(column));
    if (index >= 0) return index;
  }
  return null;
}
