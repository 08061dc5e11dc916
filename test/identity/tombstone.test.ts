import { identifierTombstone, messageTombstone, profileTombstone } from '../../src/identity/tombstone';

const key = Buffer.alloc(32, 1);
const ada = { type: 'email', value: 'ada@example.com' };

it('is the same for the same, and of 16 bytes that say nothing', () => {
  const hash = identifierTombstone(key, ada);
  expect(identifierTombstone(key, { ...ada })).toEqual(hash);
  expect(hash).toHaveLength(16);
});

it('is another for another type, value, thing or key', () => {
  const hashes = [
    identifierTombstone(key, ada),
    identifierTombstone(key, { ...ada, type: 'user_id' }),
    identifierTombstone(key, { ...ada, value: 'ada@example.org' }),
    messageTombstone(key, 'ada@example.com'),
    profileTombstone(key, 'ada@example.com'),
    identifierTombstone(Buffer.alloc(32, 2), ada),
  ].map((hash) => hash.toString('hex'));
  expect(new Set(hashes).size).toBe(hashes.length);
});
