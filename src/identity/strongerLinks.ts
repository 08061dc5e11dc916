import type { KnownIdentifier } from './knownIdentifier';
import type { KnownLink } from './knownLink';

/** From here on a map finds a link faster than looking at each. */
const FEW = 8;

/** The known links of one identifier to those that stand before it in the order, found by their other end. */
export class StrongerLinks {
  private few: KnownLink[] = [];
  private many: Map<KnownIdentifier, KnownLink> | null = null;

  get size(): number {
    return this.many?.size ?? this.few.length;
  }

  get(strong: KnownIdentifier): KnownLink | undefined {
    if (this.many) return this.many.get(strong);
    for (const link of this.few) if (link.strong === strong) return link;
    return undefined;
  }

  add(link: KnownLink): void {
    if (this.many) this.many.set(link.strong, link);
    else {
      this.few.push(link);
      if (this.few.length > FEW) {
        this.many = new Map(this.few.map((each) => [each.strong, each]));
        this.few = [];
      }
    }
  }

  remove(link: KnownLink): void {
    if (this.many) this.many.delete(link.strong);
    else this.few = this.few.filter((each) => each !== link);
  }

  all(): Iterable<KnownLink> {
    return this.many?.values() ?? this.few;
  }
}
