import fc from 'fast-check';
import { ProfileNumbers } from '../../../src/measures/touches/profileNumbers';

/** Alike in most of their bytes, so that they meet at one place. */
const id = fc.tuple(fc.nat(3), fc.nat(3), fc.nat(3), fc.nat(3)).map((words) => {
  const bytes = Buffer.alloc(16);
  for (const [index, word] of words.entries()) bytes.writeUInt32LE(word, 4 * index);
  return bytes.toString('hex');
});

it('a profile has the number of its place, wherever its id stands, and others have none', () => {
  fc.assert(
    fc.property(fc.uniqueArray(id, { maxLength: 200 }), fc.array(id, { maxLength: 20 }), fc.nat(7), (ids, asked, offset) => {
      const numbers = new ProfileNumbers(Buffer.from(ids.join(''), 'hex'));
      const bytes = Buffer.concat([Buffer.alloc(offset), Buffer.from([...ids, ...asked].join(''), 'hex')]);
      const found = [...ids, ...asked].map((_, index) => numbers.numberOf(bytes, offset + 16 * index));
      expect(found).toEqual([...ids, ...asked].map((each) => ids.indexOf(each)));
    }),
  );
});
