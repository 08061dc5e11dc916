import { groupByTime } from '../touches/groupByTime';
import type { EventLog } from './eventLog';

const FIRST_ROOM = 1024;

/** Puts an event log together from events in any order: cases by their first event, a case's events by time, those at the same time as they came. */
export class EventLogBuilder {
  private readonly cases = new Map<string, number>();
  private readonly activities = new Map<string, number>();
  private length = 0;
  private caseOf = new Uint32Array(FIRST_ROOM);
  private activityOf = new Uint32Array(FIRST_ROOM);
  private atMs = new Float64Array(FIRST_ROOM);

  /** `atMs` may have a fraction. */
  add(caseId: string, activity: string, atMs: number): void {
    if (this.length === this.atMs.length) this.grow();
    this.caseOf[this.length] = codeOf(this.cases, caseId);
    this.activityOf[this.length] = codeOf(this.activities, activity);
    this.atMs[this.length] = atMs;
    this.length++;
  }

  build(): EventLog {
    const { starts, order } = groupByTime(this.caseOf.subarray(0, this.length), this.cases.size, this.atMs);
    return { activities: [...this.activities.keys()], starts, events: order.map((entry) => this.activityOf[entry] as number) };
  }

  private grow(): void {
    const room = 2 * this.length;
    const grown = { caseOf: new Uint32Array(room), activityOf: new Uint32Array(room), atMs: new Float64Array(room) };
    grown.caseOf.set(this.caseOf);
    grown.activityOf.set(this.activityOf);
    grown.atMs.set(this.atMs);
    Object.assign(this, grown);
  }
}

function codeOf(codes: Map<string, number>, value: string): number {
  const known = codes.get(value);
  if (known !== undefined) return known;
  codes.set(value, codes.size);
  return codes.size - 1;
}
