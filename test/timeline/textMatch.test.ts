import fc from 'fast-check';
import { Refusal } from '../../src/kernel/refusals';
import { holdsWords, textsIn, wordsToFind } from '../../src/timeline/textMatch';

const holds = (text: string, asked: string) => holdsWords(text, wordsToFind(asked));

describe('words to find', () => {
  it.each([
    ['Order 1042 placed, 59.90 EUR, 3 items.', 'PLACED order'],
    ['Order 1042 placed, 59.90 EUR, 3 items.', '59.90'],
    ['Die Straße in МОСКВА', 'москва straße'],
    ['請問我的訂單在哪裡', '訂單'],
    ['ticket \uFF34\uFF25\uFF33\uFF34', 'test'],
    ['cafe\u0301', 'CAF\u00C9'],
    ['She said "never again"', '"never again"'],
    ["it's 100%_safe\\", '100%_safe\\'],
    ['a 👩‍🔧 came', '👩‍🔧'],
  ])('finds in %j what somebody typed as %j', (text, asked) => expect(holds(text, asked)).toBe(true));

  it.each([
    ['100 percent', '100%'],
    ['abc', 'a_c'],
    ['abc', 'a%c'],
    ['order placed', 'order cancelled'],
    ['abc', '.*'],
    ['say hi', "' or 1=1 --"],
  ])('does not find in %j what somebody typed as %j', (text, asked) => expect(holds(text, asked)).toBe(false));

  it.each(['', '   ', '\u3000\n\t', 'x'.repeat(201)])('refuses a text without words, or too long: %j', (text) => {
    expect(() => wordsToFind(text)).toThrow(Refusal);
  });

  it('finds every part of every text in it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1, maxLength: 50 }), fc.nat(49), fc.nat(50), (text, start, length) => {
        const part = text.normalize('NFKC').slice(start, start + length);
        fc.pre(part.isWellFormed() && part.trim() !== '' && part.normalize('NFKC').toLowerCase() === part.toLowerCase());
        fc.pre(text.normalize('NFKC').toLowerCase().includes(part.toLowerCase()));
        expect(holds(text, part)).toBe(true);
      }),
    );
  });
});

it('gathers texts and numbers at any depth, and no names of fields', () => {
  const found = textsIn({ a: 'one', b: [{ c: 2.5, d: [null, true, 'three'] }], e: undefined, ['__proto__x']: '9007199254740993' });
  expect(found.split('\n')).toEqual(['one', '2.5', 'three', '9007199254740993']);
});
