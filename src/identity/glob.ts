/**
 * Whether the whole text matches a pattern of literal characters, `*` (any number of characters) and `?` (one). Takes time of at most
 * pattern × text, whatever the pattern, which regular expressions cannot promise.
 */
export function matchesGlob(pattern: string, text: string): boolean {
  let at = 0;
  let star = -1;
  let resumeAt = 0;
  let position = 0;
  while (position < text.length) {
    const expected = pattern[at];
    if (expected === '*') {
      star = at++;
      resumeAt = position;
    } else if (expected !== undefined && (expected === '?' || expected === text[position])) {
      at++;
      position++;
    } else if (star >= 0) {
      at = star + 1;
      position = ++resumeAt;
    } else return false;
  }
  while (pattern[at] === '*') at++;
  return at === pattern.length;
}
