/** Text that is HTML already; every other text is escaped where it is put in. */
export class Html {
  constructor(readonly text: string) {}
}

type Content = Html | string | number | readonly (Html | string)[];

/** A template whose values are escaped, unless they are HTML themselves. */
export function html(strings: TemplateStringsArray, ...values: readonly Content[]): Html {
  return new Html(strings.reduce((text, string, index) => text + textOf(values[index - 1] ?? '') + string));
}

function textOf(content: Content): string {
  if (content instanceof Html) return content.text;
  if (Array.isArray(content)) return (content as readonly (Html | string)[]).map(textOf).join('');
  return escaped(String(content));
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character).replaceAll('\0', '\ufffd');
}

const STYLE = `
  :root { color-scheme: light dark; --for: #1d7f4e; --against: #b3362b; --grey: #8886; }
  body { font: 15px/1.45 system-ui, sans-serif; max-width: 62rem; margin: 2rem auto; padding: 0 1rem; }
  h2 { margin-top: 2.5rem; } h3 { margin-bottom: .3rem; }
  table { border-collapse: collapse; margin: .5rem 0; }
  th, td { text-align: left; padding: .15rem .7rem .15rem 0; vertical-align: top; border-bottom: 1px solid var(--grey); }
  td.number { text-align: right; font-variant-numeric: tabular-nums; }
  svg text { fill: currentColor; font: 12px system-ui, sans-serif; }
  .for { fill: var(--for); } .against { fill: var(--against); } .sum { fill: #5b6b8c; }`;

/** A whole page, which may load nothing from anywhere. */
export function page(title: string, sections: readonly Html[]): string {
  const policy = "default-src 'none'; style-src 'unsafe-inline'";
  return html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${policy}">
<title>${title}</title><style>${new Html(STYLE)}</style></head>
<body>${sections}</body></html>
`.text;
}
