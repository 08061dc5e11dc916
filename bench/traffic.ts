/** A small, fast, seeded source of chance (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export const USERS = 12_000;
const SESSION_EVENTS = 8;

/** Whose message the n-th is: anybody's (uniform), or that of one of the few hundred who are here just now, several in a row (sessions). */
export function visitorOf(pattern: 'uniform' | 'sessions', chance: () => number): (n: number) => number {
  if (pattern === 'uniform') return () => Math.floor(chance() * USERS);
  const online = 256;
  const visitors = Array.from({ length: online }, () => Math.floor(chance() * USERS));
  const left = Array.from({ length: online }, () => Math.ceil(chance() * SESSION_EVENTS));
  return () => {
    const seat = Math.floor(chance() * online);
    if (left[seat] === 0) {
      visitors[seat] = Math.floor(chance() * USERS);
      left[seat] = SESSION_EVENTS;
    }
    (left[seat] as number) -= 1;
    return visitors[seat] as number;
  };
}

/** A message of about 500 bytes, as a browser library sends it: known by user id and anonymous id. */
export function aMessage(n: number, visitor: number, atMs: number): object {
  return {
    type: 'track',
    messageId: `bench-${n}-c5d2a1f0-5d0f-4f4e-9d0a-1b2c3d4e5f60`,
    userId: `user-${visitor}`,
    anonymousId: `8f2c6a1e-0000-4000-8000-${String(visitor).padStart(12, '0')}`,
    event: 'Product Viewed',
    timestamp: new Date(atMs).toISOString(),
    properties: {
      product_id: `p-${n % 977}`,
      sku: '45790-32',
      category: 'Games',
      name: 'Monopoly: 3rd Edition',
      price: 19.5,
      currency: 'EUR',
      position: n % 20,
    },
    context: {
      library: { name: 'analytics.js', version: '2.11.1' },
      locale: 'en-US',
      page: { path: '/academy/', url: 'https://example.com/academy/' },
    },
  };
}
