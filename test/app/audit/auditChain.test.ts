import fc from 'fast-check';
import { CHAIN_START, faultAfter, type SealedEntry, sealOf, subjectHashOf } from '../../../src/app/audit/auditChain';

type Unsealed = Omit<SealedEntry, 'sequence' | 'hash' | 'note' | 'subjectHash'>;

const unsealed: fc.Arbitrary<Unsealed> = fc.record({
  auditId: fc.uuid(),
  at: fc.constantFrom('2026-03-01T12:00:00.000000Z', '2026-03-01T12:00:00.001000Z'),
  actor: fc.string({ unit: 'grapheme' }),
  action: fc.string(),
  target: fc.option(fc.string()),
  noteHash: fc.constant(null),
  detail: fc.json(),
});
const log = fc.array(unsealed, { minLength: 1, maxLength: 20 });

function sealed(entries: readonly Unsealed[]): SealedEntry[] {
  let hash = CHAIN_START.hash;
  return entries.map((entry, index) => {
    const placed = { ...entry, sequence: BigInt(index + 1), subjectHash: subjectHashOf(entry), note: null };
    hash = sealOf(hash, placed);
    return { ...placed, hash };
  });
}

/** The index of the first entry that is found not to be as it was sealed. */
function firstFault(entries: readonly SealedEntry[]): number {
  return entries.findIndex((entry, index) => faultAfter(index === 0 ? CHAIN_START : (entries[index - 1] as SealedEntry), entry) !== null);
}

it('finds nothing wrong with what was sealed', () => {
  fc.assert(fc.property(log, (entries) => firstFault(sealed(entries)) === -1));
});

it('finds the first entry of which anything was changed', () => {
  const fields = ['auditId', 'at', 'actor', 'action', 'target', 'detail', 'noteHash'] as const;
  fc.assert(
    fc.property(log, fc.nat(), fc.constantFrom(...fields), (entries, place, field) => {
      const chain = sealed(entries);
      const index = place % chain.length;
      const entry = chain[index] as SealedEntry;
      const tampered = chain.with(index, { ...entry, [field]: `${entry[field] ?? ''}x` });
      return firstFault(tampered) === index;
    }),
  );
});

it('finds nothing wrong where an erasure took whom entries were about, and whatever else was changed of these', () => {
  const fields = ['auditId', 'at', 'actor', 'action', 'noteHash', 'subjectHash'] as const;
  fc.assert(
    fc.property(log, fc.nat(), fc.constantFrom(...fields), (entries, place, field) => {
      const chain = sealed(entries);
      const index = place % chain.length;
      const erased = { ...(chain[index] as SealedEntry), target: null, detail: '{"erased": true}' };
      const tampered = { ...erased, [field]: `${erased[field] ?? ''}x` };
      return firstFault(chain.with(index, erased)) === -1 && firstFault(chain.with(index, tampered)) === index;
    }),
  );
});

it('finds the gap that one or more entries left, and entries that were put in each other’s place', () => {
  fc.assert(
    fc.property(log, fc.nat(), (entries, place) => {
      const chain = sealed(entries);
      const index = place % chain.length;
      const without = chain.toSpliced(index, 1);
      const swapped = chain.length < 2 ? null : chain.with(0, { ...(chain[1] as SealedEntry), sequence: 1n });
      return firstFault(without) === (index < without.length ? index : -1) && (swapped === null || firstFault(swapped) === 0);
    }),
  );
});

it('can not be fooled by text moved from one field into the next', () => {
  fc.assert(
    fc.property(unsealed, (entry) => {
      const [chained] = sealed([{ ...entry, actor: `${entry.actor}"\n"`, action: entry.action }]);
      const moved = { ...(chained as SealedEntry), actor: entry.actor, action: `"\n"${entry.action}` };
      return firstFault([moved]) === 0;
    }),
  );
});
