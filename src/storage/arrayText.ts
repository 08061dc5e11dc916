/**
 * An array as PostgreSQL writes one in text, for a column of arrays: arrays of arrays can't be unnested row by row. From texts of its elements, none of them
 * null.
 */
export function arrayText(elements: readonly string[]): string {
  return `{${elements.map((element) => `"${element.replace(/["\\]/g, '\\$&')}"`).join(',')}}`;
}

/** Of milliseconds since 1970. */
export function timesText(timesMs: readonly number[]): string {
  return arrayText(timesMs.map((timeMs) => new Date(timeMs).toISOString()));
}
