import type { ComputedTrait } from './computedTrait';
import type { Condition } from './definition';
import { eachCondition } from './eachCondition';
import type { MeasureName } from './measureNames';
import type { Segment } from './segment';
import type { TrackedEvent } from './trackedEvent';
import { eventKey } from './trackedEventKey';

/** Everything of a subject that some segments ask for. */
export interface SubjectNeeds {
  /** Of the traits themselves; what paths go on to lies inside. */
  readonly traitKeys: ReadonlySet<string>;
  /** By `trackedEventKey`: those of which the matches are needed. What computed traits are counted from is not among them. */
  readonly events: ReadonlyMap<string, TrackedEvent>;
  readonly computedTraits: readonly ComputedTrait[];
  /** lastSeenDaysAgo and firstSeenDaysAgo come from the subject's times and are not among them. */
  readonly measures: ReadonlySet<MeasureName>;
  readonly purposes: ReadonlySet<string>;
  readonly needsAccounts: boolean;
  /** Of accounts; empty where their external ids are all that is asked for. */
  readonly accountTraitKeys: ReadonlySet<string>;
}

export function needsOf({
  segments,
  computedTraits,
}: {
  segments: readonly Segment[];
  computedTraits: readonly ComputedTrait[];
}): SubjectNeeds {
  const gathered = new GatheredNeeds();
  for (const { definition } of segments) for (const { condition } of eachCondition(definition.condition)) gathered.add(condition);
  const { computedKeys, ...needs } = gathered;
  return { ...needs, computedTraits: computedTraits.filter(({ key }) => computedKeys.has(key)) };
}

class GatheredNeeds {
  readonly traitKeys = new Set<string>();
  readonly events = new Map<string, TrackedEvent>();
  readonly computedKeys = new Set<string>();
  readonly measures = new Set<MeasureName>();
  readonly purposes = new Set<string>();
  readonly accountTraitKeys = new Set<string>();
  needsAccounts = false;

  add(condition: Condition): void {
    if (condition.type === 'trait') this.traitKeys.add(condition.path[0] ?? '');
    else if (condition.type === 'computed') this.computedKeys.add(condition.key);
    else if (condition.type === 'measure') this.addMeasure(condition.measure);
    else if (condition.type === 'consent') this.purposes.add(condition.purpose);
    else if (condition.type === 'account') this.addAccount(condition.path);
    else if (condition.type === 'event') this.addEvents([condition.event]);
    else if (condition.type === 'sequence') this.addEvents(condition.events);
  }

  private addMeasure(measure: MeasureName): void {
    if (measure !== 'lastSeenDaysAgo' && measure !== 'firstSeenDaysAgo') this.measures.add(measure);
  }

  private addAccount(path: readonly string[] | null): void {
    this.needsAccounts = true;
    if (path?.[0] !== undefined) this.accountTraitKeys.add(path[0]);
  }

  private addEvents(specs: readonly TrackedEvent['spec'][]): void {
    for (const spec of specs) this.events.set(eventKey(spec), { spec, property: null });
  }
}
