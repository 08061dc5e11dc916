import { setTimeout as sleep } from 'node:timers/promises';
import { askGraphql } from './askGraphql';

const PAGE_PROFILES = 20;
const PAGE_INTERACTIONS = 100;
const ATTEMPTS = 20;
const PAUSE_MS = 500;

/** A profile as the API shows it. */
export interface ShownProfile {
  readonly id: string;
  readonly identifiers: readonly { readonly type: string; readonly value: string }[];
  readonly traits: Readonly<Record<string, unknown>>;
  readonly computedTraits: Readonly<Record<string, unknown>>;
  readonly accounts: readonly { readonly externalId: string; readonly traits: Readonly<Record<string, unknown>> }[];
  readonly consents: readonly { readonly purpose: string; readonly granted: boolean }[];
  readonly value: { readonly orders: number; readonly revenue: { readonly amount: string } | null };
  readonly previousIds: readonly string[];
  /** Message ids, newest first. */
  readonly timeline: readonly string[];
}

interface Page<Node> {
  readonly nodes: readonly Node[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

const PROFILES = `query ($after: String) { profiles(first: ${PAGE_PROFILES}, after: $after) { nodes {
  id identifiers { type value } traits computedTraits accounts { externalId traits } consents { purpose granted } value { orders revenue { amount } } previousIds
} pageInfo { hasNextPage endCursor } } }`;
const TIMELINE = `query ($id: ID!, $after: String) { profile(id: $id) { timeline(first: ${PAGE_INTERACTIONS}, after: $after) {
  nodes { messageId } pageInfo { hasNextPage endCursor } } } }`;

/** All living profiles, with all of their timelines. */
export async function readShownProfiles(address: string, apiKey: string): Promise<ShownProfile[]> {
  const ask = <Data>(query: string, variables: Readonly<Record<string, unknown>>) => answerOf<Data>(address, apiKey, query, variables);
  const profiles = await pages((after) => ask<{ profiles: Page<ShownProfile> }>(PROFILES, { after }).then((data) => data.profiles));
  const shown: ShownProfile[] = [];
  for (const profile of profiles) {
    const interactions = await pages((after) =>
      ask<{ profile: { timeline: Page<{ messageId: string }> } }>(TIMELINE, { id: profile.id, after }).then(
        (data) => data.profile.timeline,
      ),
    );
    shown.push({ ...profile, timeline: interactions.map(({ messageId }) => messageId) });
  }
  return shown;
}

/** By the id asked for, the id of who answers; null where nobody does. */
export async function whoAnswers(address: string, apiKey: string, ids: readonly string[]): Promise<ReadonlyMap<string, string | null>> {
  const answers = new Map<string, string | null>();
  for (const id of ids) {
    const { profile } = await answerOf<{ profile: { id: string } | null }>(
      address,
      apiKey,
      'query ($id: ID!) { profile(id: $id) { id } }',
      { id },
    );
    answers.set(id, profile?.id ?? null);
  }
  return answers;
}

async function pages<Node>(page: (after: string | null) => Promise<Page<Node>>): Promise<Node[]> {
  const all: Node[] = [];
  for (let after: string | null = null; ; ) {
    const { nodes, pageInfo }: Page<Node> = await page(after);
    all.push(...nodes);
    if (!pageInfo.hasNextPage) return all;
    after = pageInfo.endCursor;
  }
}

/** Limits of rate and time are met by waiting. */
async function answerOf<Data>(address: string, apiKey: string, query: string, variables: Readonly<Record<string, unknown>>): Promise<Data> {
  for (let attempt = 1; ; attempt++) {
    const answer = await askGraphql<Data>(address, apiKey, query, variables);
    if (answer?.data) return answer.data;
    if (attempt === ATTEMPTS) throw new Error(`The API did not answer: ${answer?.codes.join()}`);
    await sleep(PAUSE_MS);
  }
}
