import { byTime, type Fact } from './fact';

/** In order of occurrence, each interaction once, whatever order the facts came in and however often. */
export function factsInOrder(facts: readonly Fact[]): readonly Fact[] {
  const known = new Set<string>();
  return [...facts].sort(byTime).filter(({ interactionId }) => !known.has(interactionId) && known.add(interactionId));
}
