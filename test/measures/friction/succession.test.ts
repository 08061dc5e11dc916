import fc from 'fast-check';
import type { FrictionSignal } from '../../../src/measures/friction/signal';
import { type SucceedingSignal, successionOf } from '../../../src/measures/friction/succession';

const signal: fc.Arbitrary<FrictionSignal> = fc.record({
  key: fc.uuid(),
  kind: fc.constantFrom('LONG_WAIT', 'UNRESOLVED'),
  severity: fc.constant('LOW' as const),
  detectedAtMs: fc.nat(20),
  resolvedAtMs: fc.constant(null),
  message: fc.constant(''),
  evidence: fc.constant([]),
  department: fc.constantFrom('SUPPORT', 'SALES'),
  channel: fc.constantFrom('EMAIL', 'CHAT'),
});
const signals = fc.array(signal, { maxLength: 12 });

/** What a report counts once: of which signs, by which previous one. */
const GROUPS: readonly (readonly [previous: keyof SucceedingSignal, of: (signal: FrictionSignal) => string])[] = [
  ['previousAtMs', ({ kind, department }) => `${kind} ${department}`],
  ['previousInChannelAtMs', ({ kind, department, channel }) => `${kind} ${department} ${channel}`],
  ['previousOfAnyAtMs', () => ''],
];

describe('a sign whose previous one was found before a period', () => {
  it('is the only such sign of its group in the period, and every group has one', () => {
    fc.assert(
      fc.property(signals, fc.nat(20), fc.nat(20), (all, fromMs, length) => {
        const within = successionOf(all).filter(({ detectedAtMs }) => detectedAtMs >= fromMs && detectedAtMs < fromMs + length);
        for (const [previous, of] of GROUPS) {
          const firsts = within.filter((each) => each[previous] === null || (each[previous] as number) < fromMs);
          expect(firsts.map(of).sort()).toEqual([...new Set(within.map(of))].sort());
        }
      }),
    );
  });

  it('keeps all else of every sign', () => {
    fc.assert(
      fc.property(signals, (all) => {
        const kept = successionOf(all).map(({ previousAtMs, previousInChannelAtMs, previousOfAnyAtMs, ...rest }) => rest);
        expect(new Set(kept.map(({ key }) => key))).toEqual(new Set(all.map(({ key }) => key)));
        expect(kept).toEqual(expect.arrayContaining(all));
      }),
    );
  });
});
