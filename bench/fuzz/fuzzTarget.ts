import { Chance } from './chance';
import type { FuzzTarget } from './input';
import { segmentMessage } from './segmentMessages';
import { type Signer, settingsWith } from './vendorSignatures';
import { FUZZED_VENDORS, JSON_SOURCE_SETTINGS } from './webhookInputs';

const SECRET = Buffer.from('throughline fuzz').toString('base64');
const CREATE_SOURCE = `mutation ($input: CreateSourceInput!) { createSource(input: $input) { source { id webhookPath } } }`;
const CREATE_SEGMENT = `mutation ($input: CreateSegmentInput!) { createSegment(input: $input) { segment { id } } }`;
const KNOWN_CUSTOMERS = 100;

export interface PreparedTarget {
  readonly target: FuzzTarget;
  /** Of the sources that the run goes on needing. */
  readonly sparedIds: ReadonlySet<string>;
}

/** A server with a source for every vendor, a segment and some customers, ready for nonsense. */
export async function prepareTarget(system: {
  readonly address: string;
  readonly apiKey: string;
  readonly writeKey: string;
}): Promise<PreparedTarget> {
  const { address, apiKey, writeKey } = system;
  const ask = async (query: string, input: object) => {
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${apiKey}` };
    const answer = await fetch(`${address}/graphql`, { method: 'POST', headers, body: JSON.stringify({ query, variables: { input } }) });
    // biome-ignore lint/suspicious/noExplicitAny: an answer is whatever was asked for
    const { data, errors } = (await answer.json()) as any;
    if (errors) throw new Error(JSON.stringify(errors));
    return data;
  };
  const sparedIds = new Set(['src_1']);
  const vendors: { type: string; path: string; secret: string }[] = [];
  for (const type of FUZZED_VENDORS) {
    const input = {
      name: type,
      type,
      department: 'SUPPORT',
      settings: type === 'json' ? JSON_SOURCE_SETTINGS : settingsWith(type as Signer, SECRET),
    };
    const { id, webhookPath } = (await ask(CREATE_SOURCE, input)).createSource.source;
    sparedIds.add(id);
    vendors.push({ type, path: webhookPath, secret: SECRET });
  }
  const definition = { all: [{ trait: 'plan', op: 'eq', value: 'pro' }] };
  await ask(CREATE_SEGMENT, { key: 'fuzzed', name: 'Fuzzed', definition });
  const chance = new Chance(1);
  const batch = Array.from({ length: KNOWN_CUSTOMERS }, (_, n) => segmentMessage(chance, `known-${n}`));
  const headers = { authorization: `Basic ${Buffer.from(`${writeKey}:`).toString('base64')}` };
  const taken = await fetch(`${address}/v1/batch`, { method: 'POST', headers, body: JSON.stringify({ batch }) });
  if (!taken.ok) throw new Error(await taken.text());
  return { target: { address, apiKey, writeKey, vendors }, sparedIds };
}
