import fc from 'fast-check';
import { sizeHistory } from '../../src/segments/sizeHistory';

const HOUR_MS = 3_600_000;

it('says of any part of the past what counting forward from the first member says', () => {
  const moves = fc.array(fc.record({ entered: fc.nat(9), left: fc.nat(9) }), { minLength: 1, maxLength: 30 });
  fc.assert(
    fc.property(moves, fc.nat(29), fc.nat(29), (all, one, other) => {
      const [from, to] = [Math.min(one, other), Math.max(one, other)].map((place) => Math.min(place, all.length)) as [number, number];
      const sizes: number[] = [];
      for (const { entered, left } of all) sizes.push((sizes.at(-1) ?? 0) + entered - left);
      const later = all.slice(to);
      const since = { entered: sum(later.map(({ entered }) => entered)), left: sum(later.map(({ left }) => left)) };
      const told = all.map((move, hour) => ({ atMs: hour * HOUR_MS, ...move })).slice(from, to);
      const steps = told.map(({ atMs }) => atMs);
      const seen = told.filter(({ entered, left }) => entered + left > 0);
      const points = sizeHistory({ size: sizes.at(-1) as number, since, moves: seen }, steps);
      expect(points).toEqual(told.map((move, place) => ({ ...move, size: sizes[from + place] })));
    }),
  );
});

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}
