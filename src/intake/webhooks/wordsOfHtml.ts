const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };

/** The words of HTML as help desks write it: a line a block, without tags, the common entities resolved. */
export function wordsOfHtml(html: string | null): string | null {
  if (html === null) return null;
  const words = html
    .replace(/<(?:br|\/p|\/div|\/li|\/h[1-6]|\/tr)\b[^>]*>/gi, '\n')
    .replace(/<[^>]*>/g, '')
    .replace(/&(?:#(\d{1,7})|([a-z]+));/gi, (whole, code: string | undefined, name: string | undefined) =>
      code === undefined ? (ENTITIES[(name ?? '').toLowerCase()] ?? whole) : codePoint(Number(code)),
    )
    .replace(/[ \t]+/g, ' ')
    .replace(/ ?\n ?(?:\n ?)*/g, '\n')
    .trim();
  return words === '' ? null : words;
}

function codePoint(code: number): string {
  return code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff) ? String.fromCodePoint(code) : '\ufffd';
}
