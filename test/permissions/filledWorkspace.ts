import { eventually } from '../journeys/eventually';
import { System } from '../journeys/system';
import { PERSON, PERSONAL, personalMessages } from './personalMessages';

/** One of each that the schema can show, by their public ids. */
export interface Filled {
  readonly system: System;
  readonly ada: string;
  /** Who looks like Ada. */
  readonly twin: string;
  /** With whom Ada was merged for a while. */
  readonly visitor: string;
  readonly segment: string;
  readonly account: string;
  readonly interaction: string;
  readonly source: string;
  readonly destination: string;
  /** Of a merge that was undone. */
  readonly merge: string;
  readonly deadLetter: string;
  /** Of a match of Ada and her twin. */
  readonly candidate: string;
  /** Of the erasure of a passer-by. */
  readonly receipt: string;
  /** The id of an API key for reports. */
  readonly reportsKey: string;
}

/** A workspace that has something of everything the schema can show, every personal value of it marked, in the product as it is run. */
export async function fillWorkspace(): Promise<Filled> {
  const system = await System.start();
  return fill(system).catch(async (error: unknown) => {
    await system.stop().catch(() => undefined);
    throw error;
  });
}

async function fill(system: System): Promise<Filled> {
  await configure(system);
  const refused = await system.post('/v1/batch', { batch: [...personalMessages(Date.now()), ...UNREADABLE] });
  if (refused.status !== 200) throw new Error(`Refused: ${JSON.stringify(refused.body)}`);
  await system.settled();
  const ada = await idOf(system, 'user_id', PERSON.userId);
  const visitor = await idOf(system, 'anonymous_id', PERSON.visitorId);
  const merge = await mergeAndUndo(system, ada, visitor);
  await asked(
    system,
    `mutation { suppressProfile(input: { profileId: "${visitor}", suppressed: true, reason: "${PERSONAL.text}" }) { profile { id } } }`,
  );
  const receipt = await erasePasserBy(system);
  await followed(system);
  const { data } = await system.graphql(
    `{ account(externalId: "acme") { id } segment(key: "marked") { id } sources { id } destinations { id } deadLetters { nodes { id } } matchCandidates { nodes { id } }
       profile(id: "${ada}") { timeline(first: 1) { nodes { id } } } }`,
  );
  return {
    system,
    ada,
    visitor,
    twin: await idOf(system, 'anonymous_id', PERSON.twinId),
    merge,
    receipt,
    segment: data.segment.id,
    account: data.account.id,
    interaction: data.profile.timeline.nodes[0].id,
    source: data.sources[0].id,
    destination: data.destinations[0].id,
    deadLetter: data.deadLetters.nodes[0].id,
    candidate: data.matchCandidates.nodes[0].id,
    reportsKey: (await asked(system, 'mutation { createApiKey(input: { name: "reports", scopes: ["reports:read"] }) { id } }')).createApiKey
      .id,
  };
}

/** Two messages that nobody can read, with personal data in them. */
const UNREADABLE = [
  { type: 'identify', userId: PERSON.userId, traits: { email: PERSONAL.email, name: PERSONAL.name }, timestamp: PERSONAL.text },
  { type: 'track', userId: PERSONAL.email, properties: { message: PERSONAL.text, nested: [{ email: PERSONAL.email }] } },
];

async function asked(system: System, query: string, variables: object = {}) {
  const { data, codes } = await system.graphql(query, variables);
  if (codes.length > 0) throw new Error(`${codes.join()}: ${query}`);
  return data;
}

async function idOf(system: System, type: string, value: string): Promise<string> {
  const query = 'query ($type: String!, $value: String!) { profile(identifier: { type: $type, value: $value }) { id } }';
  return (await asked(system, query, { type, value })).profile.id;
}

/** What staff set up: with personal values in it, as staff does. */
async function configure(system: System): Promise<void> {
  await asked(system, 'mutation { setMatchSettings(input: { reviewFrom: 0.5 }) { settings { reviewFrom } } }');
  const segment = 'mutation ($input: CreateSegmentInput!) { createSegment(input: $input) { segment { id } } }';
  const marked = {
    any: [
      { trait: 'email', op: 'contains', value: 'zzq' },
      { trait: 'contact', op: 'eq', value: PERSONAL.email },
    ],
  };
  await asked(system, segment, {
    input: { key: 'marked', name: `Like ${PERSONAL.email}`, description: `As ${PERSONAL.email} wished`, definition: { all: [marked] } },
  });
  const trait = 'mutation ($input: CreateComputedTraitInput!) { createComputedTrait(input: $input) { key } }';
  const event = { name: 'Products Searched', where: [{ property: 'query', op: 'contains', value: 'zzq' }] };
  const definition = { aggregate: 'last', property: 'query', event, within: '30d' };
  await asked(system, trait, { input: { key: 'last_search', name: 'Last search', definition } });
  const destination = 'mutation ($input: CreateDestinationInput!) { createDestination(input: $input) { destination { id } } }';
  await asked(system, destination, {
    input: { name: 'Nobody', url: 'http://127.0.0.1:9/hook', events: ['segment.entered', 'friction.detected', 'profile.merged'] },
  });
}

async function mergeAndUndo(system: System, survivor: string, other: string): Promise<string> {
  const merged = await asked(
    system,
    `mutation { mergeProfiles(input: { profileIds: ["${survivor}", "${other}"], reason: "${PERSONAL.text}" }) { merges { id } } }`,
  );
  const [{ id }] = merged.mergeProfiles.merges;
  await asked(system, `mutation { undoMerge(input: { mergeId: "${id}" }) { profiles { id } } }`);
  return id;
}

async function erasePasserBy(system: System): Promise<string> {
  await system.take([{ type: 'page', anonymousId: 'passer-by', messageId: 'passer-by' }]);
  const id = await idOf(system, 'anonymous_id', 'passer-by');
  return (await asked(system, `mutation { eraseProfile(input: { profileId: "${id}" }) { receiptId } }`)).eraseProfile.receiptId;
}

/** Until all that follows from the messages has been computed. */
async function followed(system: System): Promise<void> {
  const reached = (query: string, holds: (data: never) => boolean) => async () => {
    const { data } = await system.graphql(query);
    return data !== null && holds(data as never);
  };
  await eventually(
    'the twins are proposed',
    reached(
      '{ matchCandidates { nodes { id } } }',
      (data: { matchCandidates: { nodes: unknown[] } }) => data.matchCandidates.nodes.length > 0,
    ),
  );
  await eventually(
    'the segment has its members',
    reached(
      '{ segment(key: "marked") { size status } }',
      ({ segment }: { segment: { size: number; status: string } }) => segment.status === 'LIVE' && segment.size > 0,
    ),
  );
  await eventually(
    'a delivery was tried',
    reached(
      '{ destinations { deliveries { nodes { attempts } } } }',
      ({ destinations }: { destinations: { deliveries: { nodes: { attempts: number }[] } }[] }) =>
        destinations.some(({ deliveries }) => deliveries.nodes.some(({ attempts }) => attempts > 0)),
    ),
  );
  await eventually('the evaluation has come to everybody', async () => {
    const [left] = await system.ask<{ due: number; done: number }>(
      `select (select count(*)::integer from experience_due d where d.due_at <= now()) as due, (select count(*)::integer from customer) as done`,
    );
    return left?.due === 0 && left.done > 0;
  });
}
