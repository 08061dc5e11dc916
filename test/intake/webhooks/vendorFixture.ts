import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseJsonExactly } from '../../../src/intake/parseJson';
import type { Json } from '../../../src/kernel/json';

interface Fixture {
  readonly headers: Readonly<Record<string, string>>;
  /** The bytes of the body as they stand in the file: every digit of every id. */
  readonly bodyText: string;
  readonly payload: Json;
}

/** A payload of a vendor, from test/fixtures/webhooks. */
export function vendorFixture(name: string): Fixture {
  const text = readFileSync(join(__dirname, '../../fixtures/webhooks', `${name}.json`), 'utf8');
  const { headers, body } = parseJsonExactly(text) as { headers: Record<string, string>; body: Json };
  return { headers, bodyText: memberText(text, '\n "body": '), payload: body };
}

/** The text of a member of the outermost object, which is indented by one. */
function memberText(text: string, start: string): string {
  const from = text.indexOf(start) + start.length;
  const bracket = text[from] === '[' ? '\n ]' : '\n }';
  return text.slice(from, text.indexOf(bracket, from) + bracket.length);
}
