import type { Decider } from './batchChanges';
import type { LinkDecision, PartLabel } from './identityStore';
import type { KnownIdentifier } from './knownIdentifier';
import type { KnownLink } from './knownLink';
import type { NameHint } from './nameHints';
import type { Resolution } from './resolution';
import { Unions } from './unions';

/** A link that is decided from now on; where it was decided before, the earlier decision gives it its place. */
export interface DecidedLink {
  readonly lowId: bigint;
  readonly highId: bigint;
  readonly decision: LinkDecision;
  readonly decider: Decider;
}

/** A link of whose decisions one was revoked: the earliest that is left, or null. */
export interface RevokedLink {
  readonly lowId: bigint;
  readonly highId: bigint;
  readonly decision: LinkDecision | null;
  readonly decider: null;
}

/** A label that is in force from now on, or not any more. */
export interface ChangedLabel {
  readonly identifierId: bigint;
  readonly label: PartLabel;
  readonly isInForce: boolean;
}

/** What people decided, as the graph takes it in. The identifiers must be known. */
export interface GraphDecision {
  readonly links: readonly (DecidedLink | RevokedLink)[];
  readonly labels: readonly ChangedLabel[];
  readonly nameHints: readonly NameHint[];
}

type Ends = readonly [KnownIdentifier, KnownIdentifier];

/** Takes a decision in; what needs a replay is left pending. */
export async function applyDecision(decision: GraphDecision, resolution: Resolution): Promise<void> {
  const { reads } = resolution;
  await relabel(decision.labels, resolution);
  const lows = await reads.identifiersById(decision.links.map(({ lowId }) => lowId));
  const highs = await reads.identifiersById(decision.links.map(({ highId }) => highId));
  const ends = lows.map((low, index): Ends => [low, highs[index] as KnownIdentifier]);
  await reads.linksWithin(ends);
  const unions = new Unions(resolution);
  for (const [index, decided] of decision.links.entries()) decideLink(decided, ends[index] as Ends, { resolution, unions });
  await unions.settle();
}

async function relabel(labels: readonly ChangedLabel[], { reads, pending }: Resolution): Promise<void> {
  const labelled = await reads.identifiersById(labels.map(({ identifierId }) => identifierId));
  for (const [index, { label, isInForce }] of labels.entries()) {
    const identifier = labelled[index] as KnownIdentifier;
    const others = identifier.labels.filter(({ decisionId }) => decisionId !== label.decisionId);
    pending.relabel(identifier, isInForce ? [...others, label] : others);
  }
}

function decideLink(
  { decision, decider }: DecidedLink | RevokedLink,
  [one, other]: Ends,
  { resolution, unions }: { readonly resolution: Resolution; readonly unions: Unions },
): void {
  const { window, changes, pending } = resolution;
  const known = window.linkBetween(one, other);
  const before = known?.standing() ?? null;
  const link = known ?? newLink(one, other, resolution);
  link.decision = decider && decision ? earlier(link.decision, decision) : decision;
  changes.changeLink(link);
  if (decider) changes.creditTo(decider, link);
  if (before) pending.addLink(link, before);
  else unions.request(link);
}

function earlier(known: LinkDecision | null, decided: LinkDecision): LinkDecision {
  return known && known.decidedAtMs <= decided.decidedAtMs ? known : decided;
}

function newLink(one: KnownIdentifier, other: KnownIdentifier, { window }: Resolution): KnownLink {
  const never = {
    firstSeenAtMs: null,
    lastSeenAtMs: null,
    firstInteractionId: null,
    lastInteractionId: null,
    alias: false,
    decision: null,
  };
  const link = window.link(one, other, never);
  link.isNew = true;
  return link;
}
