import { Chance } from '../../../bench/matching/chance';
import { customers } from '../../../bench/matching/registers';
import { Candidates } from '../../../src/identity/matching/candidates';
import type { Role } from '../../../src/identity/matching/roles';
import { tableOf } from './tableOf';

const ROLES: readonly Role[] = ['givenName', 'surname', 'streetNumber', 'address', 'place', 'postcode', 'birthDate', 'email', 'phone'];

describe('candidate pairs', () => {
  it('come once each, and hold nearly all pairs that belong together', () => {
    const { rows } = customers(2000, new Chance(1));
    const candidates = new Candidates(
      tableOf(
        ROLES,
        rows.map(({ values }) => values),
      ),
    );
    const found = new Set<number>();
    candidates.visitPairs((one, other) => {
      expect(one).toBeLessThan(other);
      expect(found.has(one * rows.length + other)).toBe(false);
      found.add(one * rows.length + other);
    });
    let [together, missed] = [0, 0];
    for (const [one, { person }] of rows.entries()) {
      for (let other = one + 1; other < rows.length; other++) {
        if (rows[other]!.person !== person) continue;
        together++;
        if (!found.has(one * rows.length + other)) missed++;
        expect(candidates.holds(one, other)).toBe(found.has(one * rows.length + other));
      }
    }
    expect(together).toBeGreaterThan(500);
    expect(missed / together).toBeLessThan(0.01);
    expect(candidates.mostPairs()).toBeGreaterThanOrEqual(found.size);
  });

  it('leave out a block that holds too many records, whatever they share', () => {
    const records = Array.from({ length: 5000 }, (_, index) => [
      '',
      '',
      '',
      '',
      '',
      '',
      '',
      'info@example.com',
      String(100_000_000 + index),
    ]);
    const candidates = new Candidates(tableOf(ROLES, records));
    candidates.visitPairs(() => {
      throw new Error('A pair of the block was compared.');
    });
    expect(candidates.outcomes.some(({ recordsInOversizedBlocks }) => recordsInOversizedBlocks === 5000)).toBe(true);
  });
});
