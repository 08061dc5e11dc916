const { imul } = Math;

/** A 32-bit hash of a text (FNV-1a, Fowler–Noll–Vo, then the finish of MurmurHash3); never 0. */
export function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = imul(hash ^ text.charCodeAt(i), 0x01000193);
  return finish(hash);
}

/** A 32-bit hash of two hashes, in order; never 0. */
export function hashBoth(one: number, other: number): number {
  return finish(imul(one, 0x9e3779b1) ^ (other + 0x7f4a7c15));
}

function finish(hash: number): number {
  let mixed = hash ^ (hash >>> 16);
  mixed = imul(mixed, 0x85ebca6b);
  mixed ^= mixed >>> 13;
  mixed = imul(mixed, 0xc2b2ae35);
  mixed ^= mixed >>> 16;
  return mixed === 0 ? 1 : mixed;
}

/** Numbers that look random and are the same at each run: from 0 up to 1 (mulberry32, Tommy Ettinger). */
export function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
