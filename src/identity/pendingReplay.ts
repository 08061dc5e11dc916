import type { KnownIdentifier } from './knownIdentifier';
import type { KnownLink } from './knownLink';
import type { KnownProfile } from './knownProfile';

/** How a link stood when the groups were last right. */
export interface LinkBefore {
  readonly time: number;
  readonly alias: boolean;
}

/**
 * What was learned and is not in the groups yet, because only a replay can say what it does to them: links that meet a limit, aliases, and
 * identifiers that became hubs. Until then the groups are exactly what the rule makes of everything else.
 */
export class PendingReplay {
  /** Null for a link that the groups know nothing of. */
  readonly links = new Map<KnownLink, LinkBefore | null>();
  readonly hubs = new Set<KnownIdentifier>();

  /** A link of what was a hub all along never mattered. */
  addLink(link: KnownLink, before: LinkBefore | null): void {
    if (this.links.has(link) || this.wasHub(link.strong) || this.wasHub(link.weak)) return;
    this.links.set(link, before);
  }

  /**
   * The profiles at the ends of what is pending. A link within one group needs no replay: links only ever move forward in the order, and one that
   * was taken, or that joins what was joined anyhow, changes nothing when it is taken earlier. An alias changes what counts.
   */
  profiles(): Set<KnownProfile> {
    for (const [link, before] of this.links) {
      if (link.strong.profile === link.weak.profile && !changesAliases(link, before)) this.links.delete(link);
    }
    const profiles = new Set<KnownProfile>();
    for (const { strong, weak } of this.links.keys()) profiles.add(strong.profile).add(weak.profile);
    for (const hub of this.hubs) profiles.add(hub.profile);
    return profiles;
  }

  /** Whether it was a hub already when the groups were last right. */
  wasHub(identifier: KnownIdentifier): boolean {
    return identifier.isHub && !this.hubs.has(identifier);
  }
}

function changesAliases(link: KnownLink, before: LinkBefore | null): boolean {
  return link.joinsByAlias && !before?.alias;
}
