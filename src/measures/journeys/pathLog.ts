import type { Paths } from '../touches/paths';
import type { EventLog } from './eventLog';
import { boundsOfSteps, type JourneyLevel, labelsAt } from './labels';

/** Customers' paths as an event log: a customer is a case, a step an event. What comes after `maxSteps` is left out. */
export function pathLog(
  paths: Paths,
  options: { readonly level: JourneyLevel; readonly maxSteps: number; readonly collapse: boolean },
): EventLog {
  const labels = labelsAt(options.level, paths);
  const starts = new Uint32Array(paths.starts.length);
  const events = new Uint32Array(paths.occurredAtMs.length);
  let length = 0;
  for (let customer = 0; customer + 1 < paths.starts.length; customer++) {
    const touches = [paths.starts[customer] as number, paths.starts[customer + 1] as number] as const;
    const bounds = boundsOfSteps(labels, touches, options);
    for (const touch of bounds.slice(0, -1)) events[length++] = labels.codes[touch] as number;
    starts[customer + 1] = length;
  }
  return { activities: labels.texts, starts, events: events.subarray(0, length) };
}
