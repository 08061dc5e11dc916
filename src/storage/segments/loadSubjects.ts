import type { ClientBase } from 'pg';
import type { JsonObject } from '../../kernel/json';
import { settingsFromJson } from '../../measures/settingsFromJson';
import { type MostSaid, mostFrequentTraits, resolveTraits, type SurvivorshipRules, traitValues } from '../../profile/survivorship';
import { survivorshipFromJson } from '../../profile/survivorshipFromJson';
import type { ObservedTrait } from '../../profile/traitState';
import { combineTraitStates, decodeTraitState } from '../../profile/traitState';
import type { SubjectNeeds } from '../../segments/needsOf';
import type { Subject } from '../../segments/subject';
import { loadWorkspaceSettings } from '../statements/loadWorkspaceSettings';
import { readMostSaid } from '../statements/readMostSaid';
import { type WorkspaceConnections, withinTransaction } from '../workspaceConnections';
import { isComputed, loadComputedMeasures, nextMidnightMs } from './computedMeasures';
import { readComputedTraits } from './computedTraitValues';
import { loadTrackedEvents } from './loadTrackedEvents';
import { readSubjectEvents } from './subjectEvents';
import { earliest, readStoredMeasures } from './subjectMeasures';
import type { Asked } from './subjectReading';
import { type MembersRow, readAccounts, readConsents, readMembers } from './subjectTraits';

/**
 * Everything that segments ask for of these profiles, as of a time. A number of statements that does not depend on how many profiles there are, none for a
 * kind that nothing is needed of. Profiles that are retired or unknown are left out. To be sent in a transaction inside the workspace; some hundreds of
 * profiles at once.
 */
export async function loadSubjects(
  client: ClientBase,
  workspaceId: number,
  profileIds: readonly string[],
  needs: SubjectNeeds,
  nowMs: number,
): Promise<Subject[]> {
  if (profileIds.length === 0) return [];
  const connections = withinTransaction(client);
  const { survivorship, measures } = await settingsFor(client, workspaceId, needs);
  const trackedEvents = needs.events.size + needs.computedTraits.length > 0 ? await loadTrackedEvents(client, workspaceId) : new Map();
  const asked: Asked = { workspaceId, profileIds, nowMs, trackedEvents };
  const computedNeeded = [...needs.measures].some(isComputed);
  const frequent = mostFrequentTraits(survivorship).filter((key) => needs.traitKeys.has(key));
  const withIdentifiers = computedNeeded || frequent.length > 0;
  const definitions = new Map(needs.computedTraits.map(({ key, definition }) => [key, definition]));
  const [members, events, computed, stored, consents, accounts] = await Promise.all([
    readMembers(connections, workspaceId, profileIds, { traitKeys: needs.traitKeys, withIdentifiers }),
    readSubjectEvents(connections, asked, needs.events),
    readComputedTraits(connections, { ...asked, definitions }),
    readStoredMeasures(connections, asked, needs.measures),
    consentsOf(connections, asked, needs),
    accountsOf(connections, asked, needs, survivorship),
  ]);
  const customers = members.map(([, , , knownSinceMs, identifierIds]) => ({
    identifierIds: JSON.parse(identifierIds ?? '[]'),
    knownSinceMs,
  }));
  const mostSaid = await mostSaidOf(connections, workspaceId, customers, frequent);
  const told = computedNeeded ? await loadComputedMeasures(client, workspaceId, customers, { settings: measures, nowMs }) : [];
  return members.map((row, index): Subject => {
    const [profileId, firstSeenAtMs, lastSeenAtMs] = row;
    const measured = stored.get(profileId);
    return {
      profileId,
      traits: traitsOf(row, survivorship, mostSaid[index] ?? {}),
      computed: computed.get(profileId) ?? {},
      events: events.get(profileId) ?? new Map(),
      measures: { ...measured?.measures, ...told[index] },
      measuresNextAtMs: earliest(measured?.nextAtMs ?? null, computedNeeded ? nextMidnightMs(nowMs) : null),
      firstSeenAtMs,
      lastSeenAtMs,
      consents: consents.get(profileId) ?? {},
      accounts: accounts.get(profileId) ?? [],
    };
  });
}

async function settingsFor(client: ClientBase, workspaceId: number, needs: SubjectNeeds) {
  const isAsked = needs.traitKeys.size + needs.accountTraitKeys.size > 0 || [...needs.measures].some(isComputed);
  const settings: JsonObject = isAsked ? (await loadWorkspaceSettings(client, workspaceId)).settings : {};
  return { survivorship: survivorshipFromJson(settings['survivorship']), measures: settingsFromJson(settings['experience']).settings };
}

function traitsOf([, , , , , states]: MembersRow, survivorship: SurvivorshipRules, mostSaid: MostSaid): JsonObject {
  const said = states === null ? [] : (JSON.parse(states) as object[]).map(decodeTraitState);
  return traitValues(resolveTraits(combineTraitStates(said), survivorship, mostSaid));
}

async function mostSaidOf(
  connections: WorkspaceConnections,
  workspaceId: number,
  customers: readonly { readonly identifierIds: readonly string[] }[],
  traits: readonly string[],
): Promise<readonly MostSaid[]> {
  if (traits.length === 0) return [];
  const said: Record<string, ObservedTrait>[] = customers.map(() => Object.create(null));
  const rows = await readMostSaid(connections, workspaceId, { profiles: customers.map(({ identifierIds }) => identifierIds), traits });
  for (const [ordinal, key, value, sourceId, atMs, messageId] of rows) {
    (said[ordinal - 1] as Record<string, ObservedTrait>)[key] = { value: JSON.parse(value), sourceId, atMs, messageId };
  }
  return said;
}

async function consentsOf(connections: WorkspaceConnections, { workspaceId, profileIds }: Asked, { purposes }: SubjectNeeds) {
  const consents = new Map<string, Record<string, boolean>>();
  if (purposes.size === 0) return consents;
  for (const [profileId, purpose, granted] of await readConsents(connections, workspaceId, profileIds, purposes)) {
    const own = consents.get(profileId) ?? Object.create(null);
    own[purpose] = granted;
    consents.set(profileId, own);
  }
  return consents;
}

async function accountsOf(
  connections: WorkspaceConnections,
  { workspaceId, profileIds }: Asked,
  needs: SubjectNeeds,
  survivorship: SurvivorshipRules,
) {
  const accounts = new Map<string, Subject['accounts'][number][]>();
  if (!needs.needsAccounts) return accounts;
  for (const [profileId, externalId, stated] of await readAccounts(connections, workspaceId, profileIds, needs.accountTraitKeys)) {
    const own = accounts.get(profileId) ?? [];
    own.push({ externalId, traits: traitValues(resolveTraits(stated === null ? {} : decodeTraitState(stated), survivorship)) });
    accounts.set(profileId, own);
  }
  return accounts;
}
