const { min, max, floor } = Math;

const LONGEST = 128;
const PREFIX_WEIGHT = 0.1;
const LONGEST_PREFIX = 4;

const matchedOne = new Uint8Array(LONGEST);
const matchedOther = new Uint8Array(LONGEST);

/**
 * Jaro–Winkler similarity, 0 to 1 (Winkler 1990, String Comparator Metrics and Enhanced Decision Rules in the Fellegi–Sunter Model of Record
 * Linkage), over UTF-16 code units; of longer texts the first 128.
 */
export function jaroWinkler(one: string, other: string): number {
  if (one === other) return 1;
  const jaro = jaroSimilarity(one, other);
  if (jaro <= 0.7) return jaro;
  let prefix = 0;
  const longest = min(LONGEST_PREFIX, one.length, other.length);
  while (prefix < longest && one.charCodeAt(prefix) === other.charCodeAt(prefix)) prefix++;
  return jaro + prefix * PREFIX_WEIGHT * (1 - jaro);
}

function jaroSimilarity(one: string, other: string): number {
  const length = min(one.length, LONGEST);
  const otherLength = min(other.length, LONGEST);
  if (length === 0 || otherLength === 0) return 0;
  const reach = max(0, floor(max(length, otherLength) / 2) - 1);
  matchedOne.fill(0, 0, length);
  matchedOther.fill(0, 0, otherLength);
  let matches = 0;
  for (let i = 0; i < length; i++) {
    const last = min(otherLength - 1, i + reach);
    const code = one.charCodeAt(i);
    for (let j = max(0, i - reach); j <= last; j++) {
      if (matchedOther[j] === 1 || other.charCodeAt(j) !== code) continue;
      matchedOne[i] = 1;
      matchedOther[j] = 1;
      matches++;
      break;
    }
  }
  if (matches === 0) return 0;
  const halfTransposed = countOutOfOrder(one, other, length);
  return (matches / length + matches / otherLength + (matches - halfTransposed / 2) / matches) / 3;
}

function countOutOfOrder(one: string, other: string, length: number): number {
  let outOfOrder = 0;
  let j = 0;
  for (let i = 0; i < length; i++) {
    if (matchedOne[i] !== 1) continue;
    while (matchedOther[j] !== 1) j++;
    if (one.charCodeAt(i) !== other.charCodeAt(j)) outOfOrder++;
    j++;
  }
  return outOfOrder;
}
