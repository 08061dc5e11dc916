const { min, max, abs } = Math;

const LONGEST = 128;
let before = new Uint16Array(LONGEST + 1);
let last = new Uint16Array(LONGEST + 1);
let row = new Uint16Array(LONGEST + 1);

/**
 * How many characters have to be put in, taken out, changed or swapped with their neighbour to make one text the other (optimal string
 * alignment; Damerau 1964), at most `limit`: more is answered as `limit + 1`. Of longer texts the first 128 characters.
 */
export function editDistance(one: string, other: string, limit: number): number {
  if (one === other) return 0;
  const length = min(one.length, LONGEST);
  const otherLength = min(other.length, LONGEST);
  if (abs(length - otherLength) > limit) return limit + 1;
  for (let j = 0; j <= min(otherLength, limit + 1); j++) last[j] = j;
  for (let i = 1; i <= length; i++) {
    if (fillRow(one, other, i, otherLength, limit) > limit) return limit + 1;
    [before, last, row] = [last, row, before];
  }
  return min(last[otherLength] as number, limit + 1);
}

/** Fills `row` for the i-th character as far as the limit allows (Ukkonen 1985) and answers its least value. */
function fillRow(one: string, other: string, i: number, otherLength: number, limit: number): number {
  const code = one.charCodeAt(i - 1);
  const [from, to] = [max(1, i - limit), min(otherLength, i + limit)];
  let least = from === 1 ? i : limit + 1;
  row[from - 1] = least;
  for (let j = from; j <= to; j++) {
    const otherCode = other.charCodeAt(j - 1);
    let value = min((last[j] as number) + 1, (row[j - 1] as number) + 1, (last[j - 1] as number) + (code === otherCode ? 0 : 1));
    if (i > 1 && j > 1 && code === other.charCodeAt(j - 2) && one.charCodeAt(i - 2) === otherCode) {
      value = min(value, (before[j - 2] as number) + 1);
    }
    row[j] = value;
    if (value < least) least = value;
  }
  if (to < otherLength) row[to + 1] = limit + 1;
  return least;
}
