import type { KnownLink } from './knownLink';
import type { KnownProfile } from './knownProfile';
import type { Resolution } from './resolution';

/**
 * Plain unions: a new link whose two groups together break no limit makes them one, whatever else is linked, for groups that only grow let no
 * refused link in. Everything else is left for the replay.
 */
export class Unions {
  /** Links whose absorbed side is not in memory yet. */
  private waiting: KnownLink[] = [];

  constructor(private readonly resolution: Resolution) {}

  /** Takes a link that the groups know nothing of. */
  request(link: KnownLink): void {
    const { pending, window } = this.resolution;
    const one = link.strong.profile;
    const other = link.weak.profile;
    if (one === other) return;
    // An alias that was refused counts ids of two contested groups as one, which only a replay can tell.
    const isKnown = link.isUsable && !(one.contested && other.contested) && !one.isOutdated && !other.isOutdated;
    const mayUnite = isKnown && one.typeCounts.fitsWith(other.typeCounts, window.rules);
    if (!mayUnite) pending.addLink(link, null);
    else if (this.absorbedBy(link).isComplete) this.unite(link);
    else this.waiting.push(link);
  }

  /** Carries out what waits for members to be read. */
  async settle(): Promise<void> {
    while (this.waiting.length > 0) {
      const links = this.waiting;
      this.waiting = [];
      await this.resolution.reads.membersOf([...new Set(links.map((link) => this.absorbedBy(link)))]);
      for (const link of links) this.request(link);
    }
  }

  private unite(link: KnownLink): void {
    const { changes } = this.resolution;
    const absorbed = this.absorbedBy(link);
    const survivor = absorbed === link.strong.profile ? link.weak.profile : link.strong.profile;
    const moved = [...absorbed.members];
    for (const member of moved) {
      changes.changeIdentifier(member);
      survivor.admit(member);
    }
    survivor.identifierCount += absorbed.identifierCount;
    survivor.typeCounts.addAll(absorbed.typeCounts);
    survivor.contested ||= absorbed.contested;
    survivor.firstSeenAtMs = Math.min(survivor.firstSeenAtMs, absorbed.firstSeenAtMs);
    changes.changeProfile(survivor);
    absorbed.hold([]);
    if (absorbed.isNamed) changes.merge(survivor, absorbed, { link, moved });
  }

  /** As people wish, else by size and age. */
  private absorbedBy(link: KnownLink): KnownProfile {
    const one = link.strong.profile;
    const other = link.weak.profile;
    for (const { profileId } of this.resolution.nameHints) {
      if (one.profileId === profileId) return other;
      if (other.profileId === profileId) return one;
    }
    return one.survives(other) ? other : one;
  }
}
