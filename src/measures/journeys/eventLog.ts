/**
 * An event log in the sense of process mining (van der Aalst, Process Mining, 2016): traces, one a case, each the activities of the case in order.
 * Trace t has the events from starts[t] to starts[t + 1]; an activity is an index into `activities`. Empty traces are not counted.
 */
export interface EventLog {
  readonly activities: readonly string[];
  readonly starts: Uint32Array;
  readonly events: Uint32Array;
}

/** A sequence of activities, and how many cases went exactly this way. */
export interface Variant {
  readonly activities: readonly string[];
  readonly cases: number;
}

/** How often one activity came directly after another in a case. */
export interface DirectlyFollows {
  readonly from: string;
  readonly to: string;
  readonly count: number;
}

/** The most frequent first, equally frequent ones by their activities. */
export function variantsOf({ activities, starts, events }: EventLog): Variant[] {
  const counts = new Map<string, { readonly from: number; readonly to: number; cases: number }>();
  for (let trace = 0; trace + 1 < starts.length; trace++) {
    const [from, to] = [starts[trace] as number, starts[trace + 1] as number];
    if (from === to) continue;
    const key = keyOf(events, from, to);
    const known = counts.get(key);
    if (known) known.cases++;
    else counts.set(key, { from, to, cases: 1 });
  }
  const variants = [...counts.values()].map(({ from, to, cases }) => ({
    activities: Array.from(events.subarray(from, to), (event) => activities[event] as string),
    cases,
  }));
  return variants.sort((left, right) => right.cases - left.cases || compareSequences(left.activities, right.activities));
}

/** The most frequent first, equally frequent ones by their activities. */
export function directlyFollows({ activities, starts, events }: EventLog): DirectlyFollows[] {
  const counts = new Map<number, number>();
  for (let trace = 0; trace + 1 < starts.length; trace++) {
    for (let event = (starts[trace] as number) + 1; event < (starts[trace + 1] as number); event++) {
      const key = (events[event - 1] as number) * activities.length + (events[event] as number);
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
  }
  const pairs = [...counts].map(([key, count]) => ({
    from: activities[Math.floor(key / activities.length)] as string,
    to: activities[key % activities.length] as string,
    count,
  }));
  return pairs.sort((left, right) => right.count - left.count || compareSequences([left.from, left.to], [right.from, right.to]));
}

/** Two UTF-16 units an event, so that no two sequences share a key. */
function keyOf(events: Uint32Array, from: number, to: number): string {
  let key = '';
  for (let event = from; event < to; event++) {
    const activity = events[event] as number;
    key += String.fromCharCode(activity & 0xffff, activity >>> 16);
  }
  return key;
}

function compareSequences(left: readonly string[], right: readonly string[]): number {
  for (let index = 0; index < Math.min(left.length, right.length); index++) {
    const [one, other] = [left[index] as string, right[index] as string];
    if (one !== other) return one < other ? -1 : 1;
  }
  return left.length - right.length;
}
