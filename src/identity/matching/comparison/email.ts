import { editDistance } from '../text/editDistance';
import type { Comparison } from './comparison';

/** An address as it is compared: words are the part before the @ and the one after it. */
export const email: Comparison = {
  levels: ['same', 'same name at another domain', 'one or two slips', 'names one slip apart', 'different'],
  expected: [0.8, 0.05, 0.06, 0.02, 0.07],
  firstDifferent: 4,
  prepare(text) {
    const address = text.trim().toLowerCase();
    const at = address.lastIndexOf('@');
    if (at <= 0) return undefined;
    return { text: address, words: [address.slice(0, at), address.slice(at + 1)] };
  },
  level(one, other) {
    if (one.text === other.text) return 0;
    const [name = '', otherName = ''] = [one.words[0], other.words[0]];
    if (name === otherName) return 1;
    if (editDistance(one.text, other.text, 2) <= 2) return 2;
    return Math.min(name.length, otherName.length) >= 5 && editDistance(name, otherName, 1) <= 1 ? 3 : 4;
  },
};
