/** Units of time of a model's parameters, in days; months and years of the Gregorian mean. */
export const UNIT_DAYS = { day: 1, week: 7, month: 365.2425 / 12, year: 365.2425 } as const;
export type Unit = keyof typeof UNIT_DAYS;

export function isUnit(text: string): text is Unit {
  return Object.hasOwn(UNIT_DAYS, text);
}
