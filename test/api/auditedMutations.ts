import { randomUUID } from 'node:crypto';
import { identifierId } from '../../src/identity/identifierId';
import { publicId } from '../../src/kernel/ids';
import type { ApiUnderTest } from './apiUnderTest';
import { NOON_MS, type WorkspaceBuilder } from './workspaceBuilder';

/** What a customer is known by; no entry may hold it, whatever words people wrote. */
export const MARK = 'ada.marked';
const email = (name: string) => ({ type: 'email', value: `${name}@${MARK}.example.com` });

export interface AuditScene {
  readonly api: ApiUnderTest;
  readonly acme: WorkspaceBuilder;
  /** What earlier mutations answered, by their names. */
  // biome-ignore lint/suspicious/noExplicitAny: an answer is whatever the mutation gives
  readonly answers: Readonly<Record<string, any>>;
}

interface AuditedMutation {
  readonly name: string;
  /** What of the answer later ones need. */
  readonly selection: string;
  readonly input: (scene: AuditScene) => object | Promise<object>;
}

const DEFINITION = { all: [{ trait: 'email', op: 'eq', value: email('x').value }] };
const TRAIT = { aggregate: 'count', event: { kind: 'ORDER_PLACED' } };
const DESTINATION = { name: `Tool of ${MARK}`, url: `http://127.0.0.1:9/${MARK}`, events: ['segment.entered'] };

async function profile({ acme }: AuditScene, ...names: string[]): Promise<string> {
  return publicId('Profile', await acme.profile({ identifiers: names.map(email) }));
}

async function candidate(scene: AuditScene): Promise<string> {
  const names = ['left', 'right'];
  for (const name of names) await profile(scene, name);
  const ids = names.map((name) => identifierId('email', email(name).value)).sort((one, other) => (one < other ? -1 : 1));
  const candidateId = randomUUID();
  await scene.api.database.owner.query(
    `insert into match_candidate (workspace_id, candidate_id, low_id, high_id, weight, probability, comparisons, status, created_at)
     values ($1, $2, $3, $4, 6, 0.9, '[]', 'PENDING', now())`,
    [scene.acme.workspaceId, candidateId, String(ids[0]), String(ids[1])],
  );
  return publicId('MatchCandidate', candidateId);
}

/** Every mutation once, each so that it changes something, in an order in which each finds what it needs. A new one is added here. */
export const AUDITED_MUTATIONS: readonly AuditedMutation[] = [
  { name: 'createSource', selection: 'source { id }', input: () => ({ name: MARK, type: 'segment', department: 'SUPPORT' }) },
  { name: 'updateSource', selection: 'source { id }', input: ({ answers }) => ({ id: answers['createSource'].source.id, name: 'Other' }) },
  { name: 'createApiKey', selection: 'id', input: () => ({ name: MARK, scopes: ['profiles:read'] }) },
  { name: 'rotateApiKey', selection: 'id', input: ({ answers }) => ({ id: answers['createApiKey'].id }) },
  { name: 'rotateWriteKey', selection: 'source { id }', input: ({ answers }) => ({ sourceId: answers['createSource'].source.id }) },
  { name: 'revokeApiKey', selection: 'id', input: ({ answers }) => ({ id: answers['createApiKey'].id }) },
  {
    name: 'ingest',
    selection: 'accepted',
    input: () => ({ messages: [{ type: 'track', event: 'Seen', userId: MARK, context: { traits: { email: email('x').value } } }] }),
  },
  {
    name: 'retryDeadLetter',
    selection: 'accepted',
    input: async ({ acme }) => ({
      id: publicId('DeadLetter', await acme.deadLetter('NO_IDENTIFIER', { type: 'track', event: 'Seen', userId: MARK })),
    }),
  },
  {
    name: 'mergeProfiles',
    selection: 'profile { id } merges { id }',
    input: async (scene) => ({ profileIds: [await profile(scene, 'a', 'b'), await profile(scene, 'c')], reason: `It is ${MARK}.` }),
  },
  { name: 'undoMerge', selection: 'profiles { id }', input: ({ answers }) => ({ mergeId: answers['mergeProfiles'].merges[0].id }) },
  {
    name: 'splitProfile',
    selection: 'remaining { id }',
    input: async (scene) => {
      const profileId = await profile(scene, 'f', 'g');
      await scene.acme.link(email('f'), email('g'), { fromMs: NOON_MS, toMs: NOON_MS, evidence: randomUUID() });
      return { profileId, identifiers: [email('g')] };
    },
  },
  { name: 'decideMatch', selection: 'candidate { id }', input: async (scene) => ({ candidateId: await candidate(scene), accept: true }) },
  { name: 'setMatchSettings', selection: 'settings { reviewFrom }', input: () => ({ reviewFrom: 0.8 }) },
  {
    name: 'setIdentityRules',
    selection: 'rules { type }',
    input: () => ({ rules: [{ type: 'email', limitPerProfile: 3, keep: 'LATEST', blockedPatterns: [`${MARK}*`] }] }),
  },
  { name: 'createComputedTrait', selection: 'key', input: () => ({ key: 'orders', name: MARK, definition: TRAIT }) },
  { name: 'deleteComputedTrait', selection: 'key', input: () => ({ key: 'orders' }) },
  { name: 'createSegment', selection: 'segment { id }', input: () => ({ key: 'them', name: MARK, definition: DEFINITION }) },
  {
    name: 'updateSegment',
    selection: 'segment { id }',
    input: ({ answers }) => ({ id: answers['createSegment'].segment.id, description: MARK }),
  },
  { name: 'deleteSegment', selection: 'id', input: ({ answers }) => ({ id: answers['createSegment'].segment.id }) },
  { name: 'createDestination', selection: 'destination { id }', input: () => DESTINATION },
  {
    name: 'updateDestination',
    selection: 'destination { id }',
    input: ({ answers }) => ({ id: answers['createDestination'].destination.id, purpose: MARK }),
  },
  {
    name: 'rotateDestinationSecret',
    selection: 'destination { id }',
    input: ({ answers }) => ({ id: answers['createDestination'].destination.id }),
  },
  {
    name: 'replayDeliveries',
    selection: 'replayed',
    input: ({ answers }) => ({ destinationId: answers['createDestination'].destination.id, failedSince: '2026-01-01T00:00:00Z' }),
  },
  { name: 'deleteDestination', selection: 'id', input: ({ answers }) => ({ id: answers['createDestination'].destination.id }) },
  {
    name: 'setExperienceSettings',
    selection: 'experienceSettings { settings }',
    input: () => ({ settings: { timeZone: 'Europe/Berlin' } }),
  },
  {
    name: 'suppressProfile',
    selection: 'profile { id }',
    input: async (scene) => ({ profileId: await profile(scene, 'd'), suppressed: true, reason: `${MARK} asked.` }),
  },
  {
    name: 'recordConsent',
    selection: 'profile { id }',
    input: async (scene) => ({ profileId: await profile(scene, 'e'), purpose: `mails to ${MARK}`, granted: false }),
  },
  {
    name: 'setPrivacySettings',
    selection: 'privacySettings { settings }',
    input: () => ({ settings: { retentionDays: { PAGE_VIEWED: 400 } } }),
  },
  { name: 'exportProfile', selection: 'document', input: async (scene) => ({ profileId: await profile(scene, 'h') }) },
  { name: 'eraseProfile', selection: 'receiptId', input: async (scene) => ({ profileId: await profile(scene, 'i') }) },
];
