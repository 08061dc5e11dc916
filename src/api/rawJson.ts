import { randomBytes } from 'node:crypto';

/** Stands in the answer for a text until it is written; nobody can guess it, so nothing else looks like it. */
const PLACE = randomBytes(16).toString('hex');
const QUOTED_PLACE = `"${PLACE}"`;

let texts: string[] = [];

/** JSON that was stored as text and goes out as it is: neither parsed nor written anew. */
export class RawJson {
  constructor(private readonly text: string) {}

  toJSON(): string {
    texts.push(this.text);
    return PLACE;
  }
}

/** As JSON.stringify, with every RawJson's own text in its place. */
export function stringifyAnswer(answer: unknown): string {
  texts = [];
  const json = JSON.stringify(answer);
  if (texts.length === 0) return json;
  const parts = json.split(QUOTED_PLACE);
  let whole = parts[0] as string;
  for (let index = 1; index < parts.length; index++) whole += (texts[index - 1] as string) + (parts[index] as string);
  return whole;
}
