import type { PartLabel } from './identityStore';
import type { KnownIdentifier } from './knownIdentifier';
import type { KnownLink, LinkStanding } from './knownLink';
import type { KnownProfile } from './knownProfile';

/**
 * What was learned and is not in the groups yet, because only a replay can say what it does to them: links that meet a limit, aliases, identifiers
 * that became hubs, and what people decided. Until then the groups are exactly what the rule makes of everything else.
 */
export class PendingReplay {
  /** How they stood when the groups were last right; null for a link that the groups know nothing of. */
  readonly links = new Map<KnownLink, LinkStanding | null>();
  readonly hubs = new Set<KnownIdentifier>();
  /** The labels that those had whose labels are other ones now. */
  private readonly labels = new Map<KnownIdentifier, readonly PartLabel[]>();

  /** A link of what was a hub all along never mattered. */
  addLink(link: KnownLink, before: LinkStanding | null): void {
    if (this.links.has(link) || this.wasHub(link.strong) || this.wasHub(link.weak)) return;
    this.links.set(link, before);
  }

  /** The identifier has other labels from here on. */
  relabel(identifier: KnownIdentifier, labels: readonly PartLabel[]): void {
    if (!this.labels.has(identifier)) this.labels.set(identifier, identifier.labels);
    identifier.labels = labels;
  }

  /** Its labels when the groups were last right. */
  labelsBefore(identifier: KnownIdentifier): readonly PartLabel[] {
    return this.labels.get(identifier) ?? identifier.labels;
  }

  /**
   * The profiles at the ends of what is pending. A link within one group that moved forward in the order needs no replay: where it was taken, or joins
   * what was joined anyhow, it changes nothing when it is taken earlier. Messages move links forward only. An alias changes what counts.
   */
  profiles(): Set<KnownProfile> {
    for (const [link, before] of this.links) {
      if (link.strong.profile === link.weak.profile && !changesAliases(link, before) && !isWithdrawn(link, before)) this.links.delete(link);
    }
    const profiles = new Set<KnownProfile>();
    for (const { strong, weak } of this.links.keys()) profiles.add(strong.profile).add(weak.profile);
    for (const hub of this.hubs) profiles.add(hub.profile);
    for (const labelled of this.labels.keys()) profiles.add(labelled.profile);
    return profiles;
  }

  /** Whether it was a hub already when the groups were last right. */
  wasHub(identifier: KnownIdentifier): boolean {
    return identifier.isHub && !this.hubs.has(identifier);
  }
}

function changesAliases(link: KnownLink, before: LinkStanding | null): boolean {
  return link.joinsByAlias && !before?.alias;
}

/** Whether it stands later in the order than it stood, or not at all any more. */
function isWithdrawn(link: KnownLink, before: LinkStanding | null): boolean {
  if (!before?.isThere) return false;
  if (!link.isThere) return true;
  return link.rank === before.rank ? link.time > before.time : link.rank > before.rank;
}
