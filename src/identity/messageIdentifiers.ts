import type { IdentifiersOnMessage, IdentifiersOptions } from './identifiersOf';
import { compareIdentifiers } from './linkOrder';
import { normaliseIdentifier } from './normaliseIdentifier';
import type { ObservedIdentifier } from './observation';

/** How many identifiers of one message are taken, the strongest. Each pair of them is a link. */
const MAX_IDENTIFIERS = 20;

interface RankedIdentifier extends ObservedIdentifier {
  readonly rank: number;
}

/** The identifiers of one message as they are found: normalised, none blocked, none twice. */
export class MessageIdentifiers {
  private readonly found: RankedIdentifier[] = [];
  private readonly declared: { readonly left: ObservedIdentifier; readonly right: ObservedIdentifier }[] = [];

  constructor(private readonly options: IdentifiersOptions) {}

  /** Takes a value as it came; one that identifies nobody is left out. */
  add(type: string, raw: string): void {
    const { rules } = this.options;
    const value = this.normalised(type, raw);
    if (value === null || this.indexOf(type, value) >= 0) return;
    this.found.push({ type, value, rank: rules.ruleFor(type).rank });
  }

  /** What these two values name is one. */
  declareOne(left: ObservedIdentifier, right: ObservedIdentifier): void {
    this.declared.push({ left, right });
  }

  /** What all values of one type that were found so far name is one. */
  declareEachTypeOne(): void {
    const first = new Map<string, ObservedIdentifier>();
    for (const identifier of this.found) {
      const one = first.get(identifier.type);
      if (one) this.declareOne(one, identifier);
      else first.set(identifier.type, identifier);
    }
  }

  strongestFirst(): IdentifiersOnMessage {
    if (this.found.length > 1) this.found.sort(compareIdentifiers);
    if (this.found.length > MAX_IDENTIFIERS) this.found.length = MAX_IDENTIFIERS;
    return { identifiers: this.found, aliases: this.declared.length === 0 ? [] : this.aliases() };
  }

  private aliases(): [number, number][] {
    const pairs: [number, number][] = [];
    for (const { left, right } of this.declared) {
      const leftIndex = this.indexOf(left.type, this.normalised(left.type, left.value));
      const rightIndex = this.indexOf(right.type, this.normalised(right.type, right.value));
      if (leftIndex >= 0 && rightIndex >= 0 && leftIndex !== rightIndex) pairs.push([leftIndex, rightIndex]);
    }
    return pairs;
  }

  /** Null where it is blocked before normalising (`000-000` could read as a number) or after. */
  private normalised(type: string, raw: string): string | null {
    const { rules, defaultCountry } = this.options;
    if (rules.isBlocked(type, raw)) return null;
    const value = normaliseIdentifier(type, raw, defaultCountry);
    return value === null || (value !== raw && rules.isBlocked(type, value)) ? null : value;
  }

  private indexOf(type: string, value: string | null): number {
    return this.found.findIndex((identifier) => identifier.value === value && identifier.type === type);
  }
}
