import type { Deciding } from '../../src/identity/deciding';
import type { DecisionChanges, DecisionReader } from '../../src/identity/decisionStore';
import { IdentityGraph, type IdentityGraphOptions } from '../../src/identity/graph';
import type { IdentityChanges, IdentityReader } from '../../src/identity/identityStore';
import { compareIdentifiers } from '../../src/identity/linkOrder';
import type { Observation, ObservedIdentifier } from '../../src/identity/observation';
import { rememberingReads } from '../../src/identity/rememberedReads';
import { partition } from '../../src/identity/replay';
import { FIRST_RULES } from '../../src/identity/ruleChange';
import { HUB_LIMIT, type IdentityRules } from '../../src/identity/rules';
import type { NewId } from '../../src/kernel/clock';
import { MemoryDecisions } from './memoryDecisions';
import { asTexts } from './memoryStore';

/** `user_id:u1` */
export function anIdentifier(text: string): ObservedIdentifier {
  const [type = '', ...value] = text.split(':');
  return { type, value: value.join(':') };
}

/** UUIDs in rising order. */
export function risingIds(): NewId {
  let count = 0;
  return () => anId(++count);
}

export function anId(number: number): string {
  return `00000000-0000-7000-8000-${number.toString(16).padStart(12, '0')}`;
}

/** One message: its identifiers as texts, when it happened, and which pairs of them an alias call declared to be one. */
export interface Said {
  readonly identifiers: readonly string[];
  readonly atMs: number;
  readonly interactionId?: string;
  readonly aliases?: readonly (readonly [string, string])[];
}

/** Blocked values dropped, strongest first, as `identifiersOf` answers; null where nothing is left. */
export function anObservation(said: Said, rules: IdentityRules): Observation | null {
  const ranked = [...new Set(said.identifiers)].map((text) => ({
    ...anIdentifier(text),
    rank: rules.ruleFor(anIdentifier(text).type).rank,
    text,
  }));
  const open = ranked.filter(({ type, value }) => !rules.isBlocked(type, value)).sort(compareIdentifiers);
  if (open.length === 0) return null;
  const indexOf = (text: string) => open.findIndex((identifier) => identifier.text === text);
  const aliases = (said.aliases ?? []).map(([left, right]) => [indexOf(left), indexOf(right)] as const);
  return {
    interactionId: said.interactionId ?? anId(said.atMs),
    occurredAtMs: said.atMs,
    sourceId: 1,
    identifiers: open.map(({ type, value }) => ({ type, value })),
    aliases: aliases.filter(([left, right]) => left >= 0 && right >= 0 && left !== right),
  };
}

/** A graph on a store in memory, and what the rule itself makes of what was said. */
export class Workspace {
  readonly store: MemoryDecisions;
  readonly graph: IdentityGraph;
  private readonly newId = risingIds();
  private readonly hubLimit: number;
  said = 0;

  constructor(
    readonly rules: IdentityRules,
    options: { readonly lags?: boolean } & Partial<IdentityGraphOptions> = {},
  ) {
    this.store = new MemoryDecisions(options.lags ?? false);
    const reader: IdentityReader = this.store;
    this.hubLimit = options.hubLimit ?? HUB_LIMIT;
    this.graph = new IdentityGraph({ rules, reader, newId: this.newId, ...options });
  }

  async hear(...messages: readonly Said[]): Promise<IdentityChanges> {
    const observations = messages.flatMap((said) => anObservation(said, this.rules) ?? []);
    const changes = await this.graph.resolve(observations);
    this.said += observations.length;
    this.store.apply(changes);
    return changes;
  }

  /** What a request of a person decides: on a graph of its own, as nobody else writes meanwhile; then whoever remembers anything forgets it. */
  async decide<Outcome extends DecisionChanges>(work: (deciding: Deciding) => Promise<Outcome>): Promise<Outcome> {
    this.store.settle();
    const { rules, newId, hubLimit } = this;
    const reader = rememberingReads(readsOf(this.store));
    const graph = new IdentityGraph({ rules, reader, newId, hubLimit });
    const outcome = await work({
      graph,
      reader,
      rules,
      inForce: FIRST_RULES,
      hubLimit,
      newId,
      nowMs: this.store.nowMs + 1,
      actor: 'Ada',
    });
    this.store.decide(outcome);
    this.graph.forget();
    return outcome;
  }

  oracle(hubLimit?: number): string[] {
    const identifiers = this.store.identifiers.map((identifier) => ({
      ...identifier,
      labels: this.store.labelsInForce(identifier.identifierId),
    }));
    const groups = partition(this.store.replayedLinks(), identifiers, this.rules, hubLimit);
    return asTexts(groups.map((group) => group.map(({ type, value }) => `${type}:${value}`)));
  }
}

function readsOf(store: DecisionReader): DecisionReader {
  return {
    findIdentifiers: (ids) => store.findIdentifiers(ids),
    findLinks: (pairs) => store.findLinks(pairs),
    findMembers: (profileIds) => store.findMembers(profileIds),
    findLinksOf: (ids, limit) => store.findLinksOf(ids, limit),
    findProfiles: (profileIds) => store.findProfiles(profileIds),
    findLinkedTypes: (ids, withValues) => store.findLinkedTypes(ids, withValues),
    findMerge: (mergeId) => store.findMerge(mergeId),
    findMergesSince: (profileId, atMs) => store.findMergesSince(profileId, atMs),
    findMergesOf: (decisionId) => store.findMergesOf(decisionId),
    findJoins: (lowId, highId) => store.findJoins(lowId, highId),
    findSuperseded: (joinId) => store.findSuperseded(joinId),
    findCreatedSince: (ids, atMs) => store.findCreatedSince(ids, atMs),
    findStrongest: (profileIds, order) => store.findStrongest(profileIds, order),
  };
}
