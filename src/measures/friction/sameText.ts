/** Words; of scripts that do not part words by spaces, characters. */
const WORDS = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]|[\p{L}\p{M}\p{N}]+/gu;
const SHINGLE_WORDS = 3;
/** What is compared of a text. */
const READ_CHARACTERS = 4_000;

/** The three-word shingles of a text, as Broder (1997) compares documents; null for one with fewer words than `minimumWords`. */
export function shinglesOf(text: string, minimumWords: number): ReadonlySet<string> | null {
  const words = text.slice(0, READ_CHARACTERS).normalize('NFKC').toLowerCase().match(WORDS) ?? [];
  if (words.length < Math.max(minimumWords, SHINGLE_WORDS)) return null;
  const shingles = new Set<string>();
  for (let at = 0; at + SHINGLE_WORDS <= words.length; at += 1) shingles.add(words.slice(at, at + SHINGLE_WORDS).join(' '));
  return shingles;
}

/** Whether the resemblance of two texts, given as their shingles, is `from` (0 … 1) or above. */
export function resembles(left: ReadonlySet<string>, right: ReadonlySet<string>, from: number): boolean {
  if (Math.min(left.size, right.size) < from * Math.max(left.size, right.size)) return false;
  return resemblance(left, right) >= from;
}

/** Jaccard: what both have of what either has, 0 … 1. Neither may be empty. */
function resemblance(left: ReadonlySet<string>, right: ReadonlySet<string>): number {
  const [fewer, more] = left.size < right.size ? [left, right] : [right, left];
  let shared = 0;
  for (const shingle of fewer) if (more.has(shingle)) shared += 1;
  return shared / (left.size + right.size - shared);
}
