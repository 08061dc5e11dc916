import { editDistance } from '../text/editDistance';
import { type CalendarDate, dateText, dayNumber, readCalendarDate } from './calendarDate';
import type { Comparison, FieldValue } from './comparison';

/** Days that a date may be off and still count as near. */
const NEAR_DAYS = 62;

/** Fewer years lie between no parent and child. */
const LEAST_GENERATION_YEARS = 13;

export const birthDate: Comparison = {
  levels: ['same day', 'one slip', 'only the year known', 'near, or two slips', 'same year', 'years apart', 'a generation apart'],
  expected: [0.8, 0.08, 0.02, 0.03, 0.02, 0.02, 0.03],
  firstDifferent: 4,
  prepare(text) {
    const date = readCalendarDate(text);
    return date && { text: dateText(date), words: [], date };
  },
  level(one, other) {
    if (one.text === other.text) return 0;
    return unequal(one, other);
  },
};

function unequal(one: FieldValue, other: FieldValue): number {
  const [date, otherDate] = [one.date, other.date];
  if (!date || !otherDate) return 6;
  const isYearOnly = isFirstOfYear(date) || isFirstOfYear(otherDate);
  if (date.year === otherDate.year && isYearOnly) return 2;
  const slips = editDistance(one.text, other.text, 2);
  if (slips === 1 || isSwapped(date, otherDate)) return 1;
  const daysApart = Math.abs(dayNumber(date) - dayNumber(otherDate));
  if (slips === 2 || daysApart <= NEAR_DAYS) return 3;
  if (date.year === otherDate.year) return 4;
  return Math.abs(date.year - otherDate.year) < LEAST_GENERATION_YEARS ? 5 : 6;
}

/** The first of January, or only the year: what sources write that know no more than the year. */
function isFirstOfYear({ month, day }: CalendarDate): boolean {
  return month <= 1 && day <= 1;
}

function isSwapped(one: CalendarDate, other: CalendarDate): boolean {
  return one.year === other.year && one.month === other.day && one.day === other.month;
}
