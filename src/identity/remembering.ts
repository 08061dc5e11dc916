/**
 * The same function, remembering its latest answers. Holds between `capacity` and twice as many: when the young half is
 * full, the old half is forgotten. `normalise` must depend on its argument alone.
 */
export function remembering(normalise: (value: string) => string | null, capacity: number): (value: string) => string | null {
  let young = new Map<string, string | null>();
  let old = new Map<string, string | null>();
  return (value) => {
    let answer = young.get(value);
    if (answer !== undefined) return answer;
    answer = old.get(value);
    if (answer === undefined) answer = normalise(value);
    if (young.size >= capacity) {
      old = young;
      young = new Map();
    }
    young.set(value, answer);
    return answer;
  };
}
