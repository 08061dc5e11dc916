import { z } from 'zod';

/** A setting that is a whole number within a range. */
export function wholeNumber(min: number, max: number, byDefault: number) {
  return numberFrom(min, max).default(byDefault);
}

/** The same, that has to be given. */
export function numberFrom(min: number, max: number) {
  const error = `must be a whole number from ${min} to ${max}`;
  const inRange = (text: string): boolean => /^[0-9]{1,12}$/.test(text) && Number(text) >= min && Number(text) <= max;
  return z.string().refine(inRange, { error }).transform(Number);
}
