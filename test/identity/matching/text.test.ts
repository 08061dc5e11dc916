import fc from 'fast-check';
import { editDistance } from '../../../src/identity/matching/text/editDistance';
import { fold } from '../../../src/identity/matching/text/fold';
import { jaroWinkler } from '../../../src/identity/matching/text/jaroWinkler';
import { soundex } from '../../../src/identity/matching/text/soundex';

const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'd'), maxLength: 8 });

/** The textbook's table, without a limit. */
function slowDistance(one: string, other: string): number {
  const table = Array.from({ length: one.length + 1 }, (_, i) =>
    Array.from({ length: other.length + 1 }, (_, j) => (i === 0 ? j : j === 0 ? i : 0)),
  );
  for (let i = 1; i <= one.length; i++) {
    for (let j = 1; j <= other.length; j++) {
      const cost = one[i - 1] === other[j - 1] ? 0 : 1;
      let value = Math.min(table[i - 1]![j]! + 1, table[i]![j - 1]! + 1, table[i - 1]![j - 1]! + cost);
      if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]) value = Math.min(value, table[i - 2]![j - 2]! + 1);
      table[i]![j] = value;
    }
  }
  return table[one.length]![other.length]!;
}

describe('text', () => {
  it.each([
    ['martha', 'marhta', 0.9611],
    ['dixon', 'dicksonx', 0.8133],
    ['dwayne', 'duane', 0.84],
    ['abc', 'xyz', 0],
    ['', 'a', 0],
  ])('is as alike as Winkler says: %s and %s', (one, other, similarity) => {
    expect(jaroWinkler(one, other)).toBeCloseTo(similarity, 4);
  });

  it('is as alike one way as the other, and wholly alike only to itself', () => {
    fc.assert(
      fc.property(word, word, (one, other) => {
        expect(jaroWinkler(one, other)).toBeCloseTo(jaroWinkler(other, one), 10);
        expect(jaroWinkler(one, other) === 1).toBe(one === other);
      }),
    );
  });

  it('is as many slips apart as the slow and obvious count says, up to the limit', () => {
    fc.assert(
      fc.property(word, word, fc.integer({ min: 0, max: 4 }), (one, other, limit) => {
        expect(editDistance(one, other, limit)).toBe(Math.min(slowDistance(one, other), limit + 1));
      }),
    );
  });

  it.each([
    ['robert', 'r163'],
    ['rupert', 'r163'],
    ['ashcraft', 'a261'],
    ['tymczak', 't522'],
    ['pfister', 'p236'],
    ['lee', 'l000'],
  ])('sounds as the National Archives say: %s', (name, code) => {
    expect(soundex(name)).toBe(code);
  });

  it('is folded to plain lower-case words, and says nothing where it says that nothing is known', () => {
    expect(fold("  Renée  O'Neill-Ørsted ")).toBe('renee oneill ørsted');
    expect(fold('N/A')).toBe('');
    expect(fold('Unknown')).toBe('');
    expect(fold('\0')).toBe('');
    expect(fold('\ud800')).toBe('');
  });
});
