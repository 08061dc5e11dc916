import type { ComputedTrait } from './computedTrait';
import { type Condition, MOST_COUNTED, type Window } from './definition';
import { eachCondition } from './eachCondition';
import type { MeasureName } from './measureNames';
import type { Segment } from './segment';
import type { EventSpec, TrackedEvent } from './trackedEvent';
import { eventKey } from './trackedEventKey';

/** Of each tracked event no more is looked at. */
export const MOST_EVENTS = MOST_COUNTED + 1;

/** Everything of a subject that some segments ask for. */
export interface SubjectNeeds {
  /** Of the traits themselves; what paths go on to lies inside. */
  readonly traitKeys: ReadonlySet<string>;
  /** By `trackedEventKey`: those of which the matches are needed. What computed traits are counted from is not among them. */
  readonly events: ReadonlyMap<string, TrackedEvent>;
  /** Keys of those of which it matters which interactions they are, as sequences ask; of others the times alone are needed. */
  readonly orderedEvents: ReadonlySet<string>;
  /** Of each of the events so many of the newest that are not ahead of now, with all that are, answer all there is to ask. */
  readonly newestEvents: ReadonlyMap<string, number>;
  /** Matches that lie further back than this make no difference to anything; null: all do. */
  readonly eventsWithinMs: number | null;
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
  readonly orderedEvents = new Set<string>();
  readonly newestEvents = new Map<string, number>();
  eventsWithinMs: number | null = 0;
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
    else if (condition.type === 'event') this.addEvents([condition.event], condition.window, newestFor(condition));
    else if (condition.type === 'sequence') this.addSequence(condition.events, condition.window);
  }

  private addMeasure(measure: MeasureName): void {
    if (measure !== 'lastSeenDaysAgo' && measure !== 'firstSeenDaysAgo') this.measures.add(measure);
  }

  private addAccount(path: readonly string[] | null): void {
    this.needsAccounts = true;
    if (path?.[0] !== undefined) this.accountTraitKeys.add(path[0]);
  }

  private addSequence(specs: readonly EventSpec[], window: Window): void {
    this.addEvents(specs, window, MOST_EVENTS);
    for (const spec of specs) this.orderedEvents.add(eventKey(spec));
  }

  private addEvents(specs: readonly EventSpec[], { withinMs }: Window, newest: number): void {
    for (const spec of specs) {
      const key = eventKey(spec);
      this.events.set(key, { spec, property: null });
      this.newestEvents.set(key, Math.max(newest, this.newestEvents.get(key) ?? 0));
    }
    this.eventsWithinMs = withinMs === null || this.eventsWithinMs === null ? null : Math.max(this.eventsWithinMs, withinMs);
  }
}

/** One more than is asked for tells "more" from "as many"; those that still have to grow old enough stand before all that are. */
function newestFor({ count, window }: Extract<Condition, { type: 'event' }>): number {
  return window.olderThanMs === null ? count.value + 1 : MOST_EVENTS;
}
