/**
 * An array as PostgreSQL writes one in text, for a column of arrays: arrays of arrays can't be unnested row by row. From the texts of its elements.
 */
export function arrayText(elements: readonly (string | null)[]): string {
  return `{${elements.map((element) => (element === null ? 'null' : `"${element.replace(/["\\]/g, '\\$&')}"`)).join(',')}}`;
}

/** Of milliseconds since 1970; endless is `infinity`. */
export function timesText(timesMs: readonly number[]): string {
  return arrayText(timesMs.map((timeMs) => (timeMs === Number.POSITIVE_INFINITY ? 'infinity' : new Date(timeMs).toISOString())));
}
