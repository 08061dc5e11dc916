import type { Chance } from './chance';

const LETTERS = 'abcdefghijklmnopqrstuvwxyz';

/** One slip of the hand: a character put in, left out, changed, or swapped with its neighbour. */
export function slip(text: string, chance: Chance): string {
  if (text === '') return text;
  const at = chance.between(0, text.length - 1);
  const isDigit = /\d/.test(text.charAt(at));
  const other = isDigit ? chance.digits(1) : chance.oneOf([...LETTERS]);
  switch (chance.between(0, 3)) {
    case 0:
      return text.slice(0, at) + other + text.slice(at);
    case 1:
      return text.length === 1 ? text : text.slice(0, at) + text.slice(at + 1);
    case 2:
      return text.slice(0, at) + other + text.slice(at + 1);
    default:
      return at + 1 < text.length ? text.slice(0, at) + text.charAt(at + 1) + text.charAt(at) + text.slice(at + 2) : text;
  }
}

/** A date with a slip in it: a digit, day and month swapped, or some days off. */
export function dateSlip(date: string, chance: Chance): string {
  const [year = '', month = '', day = ''] = date.split('-');
  switch (chance.between(0, 3)) {
    case 0:
      return Number(day) <= 12 ? `${year}-${day}-${month}` : date;
    case 1:
      return `${year.slice(0, 3)}${chance.digits(1)}-${month}-${day}`;
    case 2:
      return `${year}-${month}-${String(chance.between(1, 28)).padStart(2, '0')}`;
    default:
      return `${year}-${String(chance.between(1, 12)).padStart(2, '0')}-${day}`;
  }
}
