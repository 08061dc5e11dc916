import type { PartLabel } from './identityStore';

/** Under which name a parting stands among the types of `ProfileRecord.typeCounts`; types of identifiers hold no colon. */
const PREFIX = 'part:';

/** On which side of which partings a profile stands. Nearly all stand on none. */
export class PartSides {
  private readonly sides = new Map<string, 0 | 1>();

  add(label: PartLabel): void {
    this.sides.set(label.decisionId, label.side);
  }

  /** Where both stand on a side of one parting, its own is kept. */
  addAll(others: PartSides): void {
    for (const [decisionId, side] of others.sides) if (!this.sides.has(decisionId)) this.sides.set(decisionId, side);
  }

  /** The names of the partings that hold the two apart. */
  opposing(others: PartSides): string[] {
    const opposing: string[] = [];
    for (const [decisionId, side] of this.sides)
      if (others.sides.get(decisionId) === opposite(side)) opposing.push(`${PREFIX}${decisionId}`);
    return opposing;
  }

  equals(others: PartSides): boolean {
    if (this.sides.size !== others.sides.size) return false;
    for (const [decisionId, side] of this.sides) if (others.sides.get(decisionId) !== side) return false;
    return true;
  }

  /** As it stands in a profile's type counts: side 0 as 1, side 1 as 2. */
  entries(): [string, number][] {
    return [...this.sides].map(([decisionId, side]) => [`${PREFIX}${decisionId}`, side + 1]);
  }
}

/** The decision that a type in a profile's type counts is of; null for a type of identifiers. */
export function decisionOfType(type: string): string | null {
  return type.startsWith(PREFIX) ? type.slice(PREFIX.length) : null;
}

function opposite(side: 0 | 1): 0 | 1 {
  return side === 0 ? 1 : 0;
}
