import { type Askers, askersOf } from '../../segments/askersOf';
import type { CompiledSegments } from '../../segments/compileSegments';
import type { NewMatch } from '../../storage/statements/loadSegmentWork';

/** So many combinations of tracked events are met again and again at most. */
const MOST_REMEMBERED = 10_000;

/** The segments that could care for some matches. */
export interface AskedSegments {
  readonly compiled: CompiledSegments;
  readonly segmentIds: ReadonlySet<string>;
  /** Whether a computed trait that one of them asks for may be another with these matches. */
  readonly areTraitsCounted: boolean;
}

/** What nobody asks for: no match of it is worth knowing. */
const NOBODY: Askers = { segmentKeys: [], isCounted: false };

/** Which segments have to be looked at again when somebody did something, told by the numbers of the tracked events. */
export class AskedAgain {
  private readonly bySignature = new Map<string, AskedSegments>();
  private readonly eventKeys: ReadonlyMap<number, string>;
  private foundAskers: ReadonlyMap<string, Askers> | null = null;

  constructor(
    private readonly compiled: CompiledSegments,
    private readonly basis: { readonly segmentIds: ReadonlyMap<string, string>; readonly trackedEvents: ReadonlyMap<string, number> },
  ) {
    this.eventKeys = new Map([...basis.trackedEvents].map(([key, id]) => [id, key]));
  }

  /** Found out when somebody first asks: definitions change more often than that while many are made. */
  private get askers(): ReadonlyMap<string, Askers> {
    this.foundAskers ??= askersOf(this.compiled.segments, this.compiled.computedTraits);
    return this.foundAskers;
  }

  /** Undefined: no segment asks for it, or not yet. */
  readonly keyOf = (trackedEventId: number): string | undefined => {
    const key = this.eventKeys.get(trackedEventId);
    return key !== undefined && this.askers.has(key) ? key : undefined;
  };

  by(matches: readonly NewMatch[]): AskedSegments {
    const events = [...new Set(matches.map(({ trackedEventId }) => trackedEventId))].sort((one, other) => one - other);
    const signature = events.join();
    const known = this.bySignature.get(signature);
    if (known !== undefined) return known;
    if (this.bySignature.size >= MOST_REMEMBERED) this.bySignature.clear();
    const asked = this.askedBy(events);
    this.bySignature.set(signature, asked);
    return asked;
  }

  private askedBy(events: readonly number[]): AskedSegments {
    const askers = events.map((event) => this.askers.get(this.keyOf(event) ?? '') ?? NOBODY);
    const keys = new Set(askers.flatMap(({ segmentKeys }) => segmentKeys));
    return {
      compiled: { ...this.compiled, roots: this.compiled.roots.filter(({ key }) => keys.has(key)) },
      segmentIds: new Set([...keys].map((key) => this.basis.segmentIds.get(key) as string)),
      areTraitsCounted: askers.some(({ isCounted }) => isCounted),
    };
  }
}
