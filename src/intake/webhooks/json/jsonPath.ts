import type { Json } from '../../../kernel/json';

/** Steps into a payload: names of members and, as numbers, places in lists. */
export type JsonPath = readonly (string | number)[];

const STEP = /^(?:\.?([^.[\]]+)|\[(-?\d{1,6})\])/;
const LONGEST_PATH = 300;

/** `data.customer.id`, `items[0].sku`, `items[-1]`, with or without `$.` before it; null where the text is no such path. */
export function parsePath(text: Json | undefined): JsonPath | null {
  if (typeof text !== 'string' || text.length > LONGEST_PATH) return null;
  let rest = text.replace(/^\$\.?/, '');
  const steps: (string | number)[] = [];
  while (rest !== '') {
    const step = STEP.exec(rest);
    if (!step || (steps.length === 0 && rest.startsWith('.'))) return null;
    steps.push(step[1] ?? Number(step[2]));
    rest = rest.slice(step[0].length);
  }
  return steps;
}
