import type { Paths } from './paths';
import { renamePaths } from './renamePaths';

/** What names beyond the most frequent ones are called. */
export const OTHER_NAMES = '(other)';

/** The same paths with the most frequent names, and all others under one; of equally frequent ones the first in the alphabet. */
export function frequentNames(paths: Paths, most: number): Paths {
  if (paths.nameTexts.length <= most) return paths;
  const counts = new Uint32Array(paths.nameTexts.length);
  for (const name of paths.names) counts[name] = (counts[name] as number) + 1;
  const ranked = [...counts.keys()].sort((left, right) => (counts[right] as number) - (counts[left] as number) || left - right);
  const kept = new Set(ranked.slice(0, most).map((name) => paths.nameTexts[name]));
  return renamePaths(paths, (name) => (kept.has(name) ? name : OTHER_NAMES));
}
