import type { Paths } from './paths';

/** The same paths under other names; names that become one are one from then on. */
export function renamePaths(paths: Paths, rename: (name: string) => string): Paths {
  const renamed = paths.nameTexts.map(rename);
  const nameTexts = [...new Set(renamed)].sort();
  const codeOf = new Map(nameTexts.map((text, code) => [text, code]));
  const codes = Uint32Array.from(renamed, (text) => codeOf.get(text) as number);
  return { ...paths, nameTexts, names: paths.names.map((name) => codes[name] as number) };
}
