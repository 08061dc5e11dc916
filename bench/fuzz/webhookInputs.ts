import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Json } from '../../src/kernel/json';
import type { Chance } from './chance';
import type { FuzzTarget, HttpInput } from './input';
import { mutatedBytes, mutatedJson } from './mutate';
import type { Nonsense } from './nonsense';
import { type Signer, signedBy } from './vendorSignatures';

interface Fixture {
  readonly headers: Readonly<Record<string, string>>;
  readonly contentType: string;
  readonly body: Json;
}

const FOLDER = join(packageRoot(__dirname), 'test', 'fixtures', 'webhooks');
/** What the transport sets itself, and the captured signatures that are blotted out. */
const NOT_SENT = /^(?:content-length|accept-encoding|content-type)$|…/i;
const FRESHDESK: Fixture = {
  headers: {},
  contentType: 'application/json',
  body: {
    ticket_id: 1,
    ticket_requester_email: 'a@example.com',
    triggered_event: '{status:{from:2,to:4}}',
    ticket_latest_public_comment: 'x',
  },
};

const PLAIN: Fixture = {
  headers: {},
  contentType: 'application/json',
  body: { id: 'a1', what: 'Order Placed', at: '2026-06-01T12:00:00Z', who: { mail: 'a@example.com' }, sum: 19.5 },
};

/** Payloads of vendors by the types of their sources. */
const FIXTURES: ReadonlyMap<string, readonly Fixture[]> = readFixtures();
export const FUZZED_VENDORS: readonly string[] = [...FIXTURES.keys()];
/** Of the source that takes whatever a system posts. */
export const JSON_SOURCE_SETTINGS = {
  unsigned: true,
  mapping: { messageId: 'id', event: 'what', time: 'at', identifiers: [{ type: 'email', path: 'who.mail' }], properties: { total: 'sum' } },
};

/** A delivery of a vendor, genuine and with something else in it than it should be, or not even signed. */
export function webhookInput(chance: Chance, nonsense: Nonsense, { vendors, address }: FuzzTarget): HttpInput {
  const { type, path, secret } = chance.pick(vendors);
  const { headers, body, contentType } = chance.pick(FIXTURES.get(type) as readonly Fixture[]);
  const payload = chance.isTrue(0.9) ? mutatedJson(body, chance, nonsense) : body;
  const text = contentType.includes('form') ? formOf(payload) : JSON.stringify(payload);
  const sent = chance.isTrue(0.15) ? mutatedBytes(Buffer.from(text), chance).toString('utf8') : text;
  const posted =
    type === 'json'
      ? { body: sent, headers: { 'content-type': 'application/json' } }
      : signedBy(type as Signer, sent, { secret, atMs: Date.now(), url: address + path });
  const to = new URL(posted.url ?? address + path);
  const isGenuine = chance.isTrue(0.85);
  return {
    kind: 'http',
    method: chance.isTrue(0.97) ? 'POST' : chance.pick(['GET', 'HEAD', 'PUT', 'DELETE']),
    path: chance.isTrue(0.97) ? to.pathname + to.search : `/webhooks/${encodeURIComponent(nonsense.text(chance).toWellFormed())}`,
    headers: { ...sendable(headers), ...posted.headers, ...(isGenuine ? {} : spoiled(posted.headers, chance)) },
    body: Buffer.from(sent),
    messageIds: [],
  };
}

function spoiled(headers: Readonly<Record<string, string>>, chance: Chance): Record<string, string> {
  const [name = 'x', value = ''] = chance.pick(Object.entries(headers));
  return { [name]: chance.pick(['', 'x', value.slice(1), `${value}${value}`, 't=,v1=', 'sha256=', '0'.repeat(5_000)]) };
}

function formOf(payload: Json): string {
  const members = typeof payload === 'object' && payload !== null ? Object.entries(payload) : [['', payload] as const];
  return new URLSearchParams(
    members.map(([name, value]) => [name.toWellFormed(), typeof value === 'string' ? value.toWellFormed() : JSON.stringify(value ?? null)]),
  ).toString();
}

function sendable(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([name, value]) => !NOT_SENT.test(name) && !NOT_SENT.test(value)));
}

function readFixtures(): ReadonlyMap<string, readonly Fixture[]> {
  const byType = new Map<string, Fixture[]>([
    ['freshdesk', [FRESHDESK]],
    ['json', [PLAIN]],
  ]);
  for (const file of readdirSync(FOLDER)) {
    const type = file.split('-')[0] as string;
    byType.set(type, [...(byType.get(type) ?? []), JSON.parse(readFileSync(join(FOLDER, file), 'utf8')) as Fixture]);
  }
  return byType;
}

/** The same from here and from where the build puts it. */
function packageRoot(folder: string): string {
  return existsSync(join(folder, 'package.json')) ? folder : packageRoot(dirname(folder));
}
