import type { EventLog } from './eventLog';

/** How often an activity came again in a case: of "Ticket solved", how often tickets were reopened. */
export interface Repeats {
  readonly activity: string;
  /** Cases that have it at all. */
  readonly cases: number;
  /** Cases that have it more than once. */
  readonly repeatedCases: number;
  /** Over all cases, what comes after the first time: the sum of max(0, times − 1). */
  readonly repeats: number;
  /** Repeated cases by cases; null where no case has it. */
  readonly rate: number | null;
}

export function repeatsOf({ activities, starts, events }: EventLog, activity: string): Repeats {
  const wanted = activities.indexOf(activity);
  let [cases, repeatedCases, repeats] = [0, 0, 0];
  for (let trace = 0; trace + 1 < starts.length; trace++) {
    let times = 0;
    for (let event = starts[trace] as number; event < (starts[trace + 1] as number); event++) if (events[event] === wanted) times++;
    if (times === 0) continue;
    cases++;
    repeats += times - 1;
    if (times > 1) repeatedCases++;
  }
  return { activity, cases, repeatedCases, repeats, rate: cases === 0 ? null : repeatedCases / cases };
}
