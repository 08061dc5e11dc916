import type { Json } from '../kernel/json';
import type { DayHours, Schedule } from './businessHours';
import type { SettingsFaults } from './settingsFaults';
import { isTimeZone } from './zoneOffset';

const DAY_MS = 86_400_000;
const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;

/**
 * `{ "timeZone": "Europe/Berlin", "hours": { "monday": ["09:00-12:30", "13:00-17:00"] }, "holidays": ["2026-12-25"] }`. Days left out are closed,
 * the time zone is `usualZone` where none is given. What can't be read is left out and a fault.
 */
export function scheduleFromJson(place: string, json: Json, usualZone: string, faults: SettingsFaults): Schedule {
  const { timeZone, hours, holidays } = faults.members(place, json, ['timeZone', 'hours', 'holidays']);
  const byDay = faults.members(`${place}.hours`, hours, WEEKDAYS);
  return {
    timeZone: timeZoneFromJson(`${place}.timeZone`, timeZone, usualZone, faults),
    week: WEEKDAYS.map((day) => dayFromJson(`${place}.hours.${day}`, byDay[day], faults)),
    holidays: new Set(faults.items(`${place}.holidays`, holidays).flatMap((date) => dateFromJson(`${place}.holidays`, date, faults) ?? [])),
  };
}

export function timeZoneFromJson(place: string, json: Json | undefined, usual: string, faults: SettingsFaults): string {
  if (json === undefined) return usual;
  if (typeof json === 'string' && isTimeZone(json)) return json;
  faults.add(place, 'must be the IANA name of a time zone, such as Europe/Berlin');
  return usual;
}

/** Hours that touch become one; hours that overlap are a fault, and stand as one, too. */
function dayFromJson(place: string, json: Json | undefined, faults: SettingsFaults): readonly DayHours[] {
  const read = faults.items(place, json).flatMap((text) => hoursFromJson(place, text, faults) ?? []);
  const merged: DayHours[] = [];
  for (const hours of read.sort((left, right) => left.fromMinute - right.fromMinute)) {
    const last = merged.at(-1);
    if (!last || last.toMinute < hours.fromMinute) merged.push(hours);
    else {
      if (last.toMinute > hours.fromMinute) faults.add(place, 'has hours that overlap');
      merged[merged.length - 1] = { fromMinute: last.fromMinute, toMinute: Math.max(last.toMinute, hours.toMinute) };
    }
  }
  return merged;
}

const HOURS = /^([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-4]):([0-5]\d)$/;
const MIDNIGHT = 24 * 60;

function hoursFromJson(place: string, json: Json, faults: SettingsFaults): DayHours | null {
  const parts = typeof json === 'string' ? HOURS.exec(json) : null;
  if (!parts) return faults.add(place, 'must hold hours such as "09:00-17:00"; midnight at the end is 24:00');
  const [fromHour = 0, fromMinute = 0, toHour = 0, toMinute = 0] = parts.slice(1).map(Number);
  const hours = { fromMinute: fromHour * 60 + fromMinute, toMinute: toHour * 60 + toMinute };
  if (hours.toMinute > MIDNIGHT || hours.fromMinute >= hours.toMinute) {
    return faults.add(place, 'has hours that do not end after they begin; hours past midnight belong to two days');
  }
  return hours;
}

const DATE = /^\d{4}-\d{2}-\d{2}$/;

function dateFromJson(place: string, json: Json, faults: SettingsFaults): number | null {
  const atMs = typeof json === 'string' && DATE.test(json) ? Date.parse(`${json}T00:00:00Z`) : Number.NaN;
  const isDate = Number.isFinite(atMs) && new Date(atMs).toISOString().startsWith(String(json));
  return isDate ? atMs / DAY_MS : faults.add(place, `must hold dates such as "2026-12-25", not ${JSON.stringify(json)}`);
}
