const CODES: Readonly<Record<string, string>> = {
  b: '1',
  f: '1',
  p: '1',
  v: '1',
  c: '2',
  g: '2',
  j: '2',
  k: '2',
  q: '2',
  s: '2',
  x: '2',
  z: '2',
  d: '3',
  t: '3',
  l: '4',
  m: '5',
  n: '5',
  r: '6',
};
const SILENT = new Set(['h', 'w']);

/** American Soundex (Russell 1918, as the National Archives describe it): a letter and three digits; short texts are filled up with zeros. */
export function soundex(word: string): string {
  const letters = word.replace(/[^a-z]/g, '');
  if (letters === '') return word.slice(0, 4);
  let code = letters.charAt(0);
  let previous = CODES[code];
  for (const letter of letters.slice(1)) {
    const digit = CODES[letter];
    if (digit !== undefined && digit !== previous) code += digit;
    if (!SILENT.has(letter)) previous = digit;
    if (code.length === 4) break;
  }
  return code.padEnd(4, '0');
}
