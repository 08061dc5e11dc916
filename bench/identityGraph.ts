/**
 * What one message costs in memory: `node bench/identityGraph.ts` after a build, or through swc-node. Prints microseconds a message
 * where every identifier is known, where all are new, and at a hub and a giant of growing size.
 */

import { IdentityGraph } from '../src/identity/graph';
import { identifierId } from '../src/identity/identifierId';
import type { IdentifierRecord, IdentityReader, LinkRecord, ProfileRecord } from '../src/identity/identityStore';
import type { Observation } from '../src/identity/observation';
import { DEFAULT_IDENTITY_RULES } from '../src/identity/rules';

const BATCH = 1000;

/** Storage in which nothing is found: what the graph needs is in memory. */
const EMPTY: IdentityReader = {
  findIdentifiers: () => Promise.resolve<{ identifier: IdentifierRecord; profile: ProfileRecord }[]>([]),
  findLinks: () => Promise.resolve<LinkRecord[]>([]),
  findMembers: () => Promise.resolve<{ identifier: IdentifierRecord; profile: ProfileRecord }[]>([]),
  findLinksOf: () => Promise.resolve<LinkRecord[]>([]),
  findProfiles: () => Promise.resolve<ProfileRecord[]>([]),
  findLinkedTypes: () => Promise.resolve([]),
};

let clock = Date.UTC(2026, 0, 1);
let ids = 0;

function anId(): string {
  return `00000000-0000-7000-8000-${(++ids).toString(16).padStart(12, '0')}`;
}

function aMessage(...identifiers: readonly string[]): Observation {
  clock += 1000;
  return {
    interactionId: anId(),
    occurredAtMs: clock,
    sourceId: 1,
    identifiers: identifiers.map((text) => {
      const [type = '', value = ''] = text.split(':');
      return { type, value };
    }),
    aliases: [],
  };
}

/** The best of five parts of the run, so that other work on the machine counts less; making the messages is not measured. */
async function microsecondsPerMessage(graph: IdentityGraph, count: number, message: () => Observation, batch = BATCH): Promise<number> {
  const parts: number[] = [];
  const size = Math.ceil(count / 5);
  for (let done = 0; done < count; done += size) parts.push(await measure(graph, Math.min(size, count - done), message, batch));
  return Math.min(...parts);
}

async function measure(graph: IdentityGraph, count: number, message: () => Observation, batch: number): Promise<number> {
  let nanoseconds = 0n;
  for (let done = 0; done < count; done += batch) {
    const messages = Array.from({ length: Math.min(batch, count - done) }, message);
    const startedAt = process.hrtime.bigint();
    await graph.resolve(messages);
    nanoseconds += process.hrtime.bigint() - startedAt;
  }
  return Number(nanoseconds) / 1000 / count;
}

function aGraph(): IdentityGraph {
  return new IdentityGraph({ rules: DEFAULT_IDENTITY_RULES, reader: EMPTY, newId: anId, numbering: identifierId });
}

function report(what: string, figure: number): void {
  console.log(`${what.padEnd(72)} ${figure.toFixed(2).padStart(8)} µs a message`);
}

async function known(): Promise<void> {
  const graph = aGraph();
  let user = 0;
  report(
    'new: 12,000 users, 2 identifiers',
    await microsecondsPerMessage(graph, 12_000, () => aMessage(`user_id:u${user}`, `anonymous_id:a${user++}`)),
  );
  const anyone = () => {
    const someone = Math.floor(Math.random() * 12_000);
    return aMessage(`user_id:u${someone}`, `anonymous_id:a${someone}`);
  };
  for (let round = 0; round < 3; round++) {
    report('known: 12,000 users at random, 2 identifiers', await microsecondsPerMessage(graph, 200_000, anyone));
  }
}

async function plain(): Promise<void> {
  for (const batch of [BATCH, 1]) {
    let user = 0;
    const message = () => aMessage(`user_id:u${++user}`, ...Array.from({ length: 9 }, (_, index) => `anonymous_id:a${user}-${index}`));
    report(
      `for comparison: a new user with ten identifiers, ${inBatches(batch)}`,
      await microsecondsPerMessage(aGraph(), 3_000, message, batch),
    );
  }
}

async function growing(what: string, message: (number: number) => Observation): Promise<void> {
  for (const batch of [BATCH, 1]) {
    const graph = aGraph();
    let number = 0;
    const next = () => message(++number);
    const last = batch === 1 ? 500 : 5 * batch;
    for (const size of [1_000, 10_000, 50_000]) {
      await measure(graph, Math.max(size - last - number, 0), next, BATCH);
      report(`${what}, up to ${size}, ${inBatches(batch)}`, await microsecondsPerMessage(graph, size - number, next, batch));
    }
  }
}

async function sharedDevice(): Promise<void> {
  for (const batch of [BATCH, 1]) {
    const graph = aGraph();
    const message = () => aMessage(`user_id:u${Math.floor(Math.random() * 900)}`, 'device_id:till');
    await microsecondsPerMessage(graph, 5_000, message);
    report(`a device of 900 users in turn, ${inBatches(batch)}`, await microsecondsPerMessage(graph, 2_000, message, batch));
  }
}

function inBatches(batch: number): string {
  return batch === 1 ? 'one by one' : `batches of ${batch}`;
}

async function main(): Promise<void> {
  await known();
  await plain();
  await growing('a hub: one e-mail, each time a new user', (number) => aMessage(`user_id:h${number}`, 'email:info@example.com'));
  await growing('a giant: one user, each time a new anonymous id', (number) => aMessage('user_id:giant', `anonymous_id:g${number}`));
  await sharedDevice();
}

void main();
