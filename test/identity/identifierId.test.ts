import fc from 'fast-check';
import { identifierId } from '../../src/identity/identifierId';

describe('identifierId', () => {
  it('is the same for ever, for it is what rows are stored under', () => {
    expect(identifierId('user_id', 'u1')).toBe(4714386116672805051n);
    expect(identifierId('email', 'jane@example.com')).toBe(8781190757721505655n);
  });

  it('fits into a signed 64-bit integer and differs by type, value and probe', () => {
    const seen = new Set<bigint>();
    for (const type of ['a', 'ab'])
      for (const value of ['', 'b', 'bc']) for (const probe of [0, 1, 2]) seen.add(identifierId(type, value, probe));
    expect(seen.size).toBe(18);
    fc.assert(fc.property(fc.string(), (value) => BigInt.asIntN(64, identifierId('t', value)) === identifierId('t', value)));
  });
});
