import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseJsonExactly } from '../../../src/intake/parseJson';
import type { Json, JsonObject } from '../../../src/kernel/json';

const FOLDER = join(__dirname, '../../fixtures/webhooks');
/** What the transport sets itself, and the captured signatures that are blotted out. */
const NOT_SENT = /^(?:content-length|accept-encoding)$|…/;

/** All payloads of vendors that there are, by the names of their files: `stripe-invoice-paid`. */
export const FIXTURES: readonly string[] = readdirSync(FOLDER)
  .map((file) => file.replace('.json', ''))
  .sort();

interface Fixture {
  /** The vendor, as sources are typed. */
  readonly type: string;
  readonly headers: Readonly<Record<string, string>>;
  /** The body as it was posted: of JSON its very bytes, every digit of every id. */
  readonly bodyText: string;
  readonly payload: Json;
}

export function vendorFixture(name: string): Fixture {
  const text = readFileSync(join(FOLDER, `${name}.json`), 'utf8');
  const { headers, contentType, body } = parseJsonExactly(text) as { headers: Record<string, string>; contentType: string; body: Json };
  const sent = Object.entries(headers).filter(([header, value]) => !NOT_SENT.test(header) && !NOT_SENT.test(value));
  const isForm = contentType === 'application/x-www-form-urlencoded';
  const bodyText = isForm ? new URLSearchParams(body as Record<string, string>).toString() : memberText(text, '\n "body": ');
  return { type: name.split('-')[0] ?? '', headers: Object.fromEntries(sent), bodyText, payload: body };
}

/** Its payload alone. */
export function fixture(name: string): JsonObject {
  return vendorFixture(name).payload as JsonObject;
}

/** The text of a member of the outermost object, which is indented by one. */
function memberText(text: string, start: string): string {
  const from = text.indexOf(start) + start.length;
  const bracket = text[from] === '[' ? '\n ]' : '\n }';
  return text.slice(from, text.indexOf(bracket, from) + bracket.length);
}
