/** Entries group by group: group g has order[starts[g]] up to order[starts[g + 1]], which are indexes of entries. */
export interface Groups {
  readonly starts: Uint32Array;
  readonly order: Uint32Array;
}

/** Up to so many entries of a group are sorted by inserting; most are in order already. */
const INSERTED = 48;

/** Entries by group, those of a group by time; equal times stay in the order of the entries. `groupOf` and `atMs` have one value an entry. */
export function groupByTime(groupOf: Int32Array | Uint32Array, groups: number, atMs: Float64Array): Groups {
  const grouped = group(groupOf, groups);
  sortGroups(grouped, atMs, 0, groups);
  return grouped;
}

/** Entries by group, those of a group in the order of the entries. */
export function group(groupOf: Int32Array | Uint32Array, groups: number): Groups {
  const starts = startsOf(groupOf, groups);
  return { starts, order: byGroup(groupOf, starts) };
}

/** Puts the entries of the groups [from, to) in the order of time; equal times stay as they are. */
export function sortGroups({ starts, order }: Groups, atMs: Float64Array, from: number, to: number): void {
  for (let each = from; each < to; each++) sortByTime(order, atMs, starts[each] as number, starts[each + 1] as number);
}

function startsOf(groupOf: Int32Array | Uint32Array, groups: number): Uint32Array {
  const starts = new Uint32Array(groups + 1);
  for (const group of groupOf) starts[group + 1] = (starts[group + 1] as number) + 1;
  for (let group = 0; group < groups; group++) starts[group + 1] = (starts[group + 1] as number) + (starts[group] as number);
  return starts;
}

function byGroup(groupOf: Int32Array | Uint32Array, starts: Uint32Array): Uint32Array {
  const next = starts.slice();
  const order = new Uint32Array(groupOf.length);
  for (let entry = 0; entry < groupOf.length; entry++) {
    const group = groupOf[entry] as number;
    order[next[group] as number] = entry;
    next[group] = (next[group] as number) + 1;
  }
  return order;
}

function sortByTime(order: Uint32Array, atMs: Float64Array, from: number, to: number): void {
  if (to - from > INSERTED) {
    if (isSorted(order, atMs, from, to)) return;
    const timeOf = (entry: number) => atMs[entry] as number;
    order.subarray(from, to).sort((left, right) => timeOf(left) - timeOf(right) || left - right);
    return;
  }
  for (let place = from + 1; place < to; place++) {
    const entry = order[place] as number;
    const time = atMs[entry] as number;
    let free = place;
    while (free > from && (atMs[order[free - 1] as number] as number) > time) {
      order[free] = order[free - 1] as number;
      free--;
    }
    order[free] = entry;
  }
}

function isSorted(order: Uint32Array, atMs: Float64Array, from: number, to: number): boolean {
  for (let place = from + 1; place < to; place++) {
    if ((atMs[order[place - 1] as number] as number) > (atMs[order[place] as number] as number)) return false;
  }
  return true;
}
