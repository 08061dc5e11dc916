import { type BlockingRule, blockingRulesFor, combineParts, hashOfPart, NO_KEY } from './blockingKeys';
import { type FieldColumn, MISSING, type RecordTable } from './recordTable';

/** A rule finds at most so many pairs, and so many more a record; its largest blocks are left out first. Small files can afford more. */
const PAIRS_ALLOWED = { always: 100_000, aRecord: 4 };
/** Rules of one part only are for records that have little else; they find many pairs for few matches. */
const PAIRS_ALLOWED_BY_ONE_PART = { always: 50_000, aRecord: 1.5 };
/** No block larger than this is compared with itself. */
const LARGEST_BLOCK = 120;

/** What a rule did, for the report. */
export interface RuleOutcome {
  readonly rule: string;
  readonly blocks: number;
  readonly largestBlock: number;
  readonly recordsInOversizedBlocks: number;
  readonly pairs: number;
}

/** The pairs worth comparing: found by blocking rules, each pair once. */
export class Candidates {
  readonly outcomes: RuleOutcome[] = [];
  private pairsInBlocks = 0;
  private readonly rules: readonly BlockingRule[];
  /** Record by record, its key under each rule; NO_KEY where it has none or the block is not compared. */
  private readonly keys: Int32Array;

  constructor(private readonly table: RecordTable) {
    this.rules = blockingRulesFor(table.columns.map(({ field }) => field));
    this.keys = new Int32Array(table.size * this.rules.length);
    for (let rule = 0; rule < this.rules.length; rule++) this.fillKeys(rule);
    for (let rule = 0; rule < this.rules.length; rule++) this.dropOversized(rule);
  }

  /** Calls `visit` with each pair once; pairs come in the same order at each run. */
  visitPairs(visit: (one: number, other: number) => void): void {
    for (const [rule, outcome] of this.outcomes.entries()) {
      let pairs = 0;
      const blocks = this.blocksOf(rule);
      const { members } = blocks;
      for (const { start, end } of blocks.each()) {
        for (let i = start; i < end; i++) {
          for (let j = i + 1; j < end; j++) {
            const [one, other] = [members[i] as number, members[j] as number];
            if (this.isFoundBefore(one, other, rule)) continue;
            pairs++;
            visit(one, other);
          }
        }
      }
      this.outcomes[rule] = { ...outcome, pairs };
    }
  }

  /** No fewer than there are pairs: those that several rules find are counted several times. */
  mostPairs(): number {
    return this.pairsInBlocks;
  }

  /** Whether some rule finds the pair. */
  holds(one: number, other: number): boolean {
    return this.isFoundBefore(one, other, this.rules.length);
  }

  private isFoundBefore(one: number, other: number, rule: number): boolean {
    const width = this.rules.length;
    const [at, otherAt] = [one * width, other * width];
    for (let earlier = 0; earlier < rule; earlier++) {
      const key = this.keys[at + earlier];
      if (key !== NO_KEY && key === this.keys[otherAt + earlier]) return true;
    }
    return false;
  }

  private fillKeys(number: number): void {
    const rule = this.rules[number] as BlockingRule;
    const width = this.rules.length;
    const parts = rule.parts.map(({ field, part }) => {
      const { values, ofRecord } = this.table.columns[field] as FieldColumn;
      return { ofRecord, hashes: Int32Array.from(values, (value) => hashOfPart(value, part)) };
    });
    const hashes = new Int32Array(parts.length);
    for (let record = 0; record < this.table.size; record++) {
      for (const [index, part] of parts.entries()) {
        const value = part.ofRecord[record] as number;
        hashes[index] = value === MISSING ? NO_KEY : (part.hashes[value] as number);
      }
      this.keys[record * width + number] = combineParts(hashes, rule);
    }
  }

  /** Takes the keys of blocks off that hold too many records, or only one. */
  private dropOversized(rule: number): void {
    const blocks = this.blocksOf(rule);
    const limit = largestAllowed(blocks, this.pairsAllowed(rule));
    const width = this.rules.length;
    let [shared, largest, oversized] = [0, 0, 0];
    for (const { start, end } of blocks.each()) {
      const size = end - start;
      if (size > 1) shared++;
      largest = Math.max(largest, size);
      if (size > 1 && size <= limit) {
        this.pairsInBlocks += (size * (size - 1)) / 2;
        continue;
      }
      if (size > limit) oversized += size;
      for (let i = start; i < end; i++) this.keys[(blocks.members[i] as number) * width + rule] = NO_KEY;
    }
    const { name } = this.rules[rule] as BlockingRule;
    this.outcomes.push({ rule: name, blocks: shared, largestBlock: largest, recordsInOversizedBlocks: oversized, pairs: 0 });
  }

  private pairsAllowed(rule: number): number {
    const isOfOnePart = (this.rules[rule] as BlockingRule).parts.length === 1;
    const { always, aRecord } = isOfOnePart ? PAIRS_ALLOWED_BY_ONE_PART : PAIRS_ALLOWED;
    return always + aRecord * this.table.size;
  }

  /** The records that have a key, sorted by it. */
  private blocksOf(rule: number): Blocks {
    const { size } = this.table;
    const width = this.rules.length;
    const order = new Float64Array(size);
    let kept = 0;
    for (let record = 0; record < size; record++) {
      const key = this.keys[record * width + rule] as number;
      if (key !== NO_KEY) order[kept++] = (key >>> 0) * 2 ** 21 + record;
    }
    return new Blocks(order.subarray(0, kept).sort());
  }
}

/** Records sorted by key: those with the same key form a block. */
class Blocks {
  readonly members: Int32Array;

  constructor(private readonly sorted: Float64Array) {
    this.members = Int32Array.from(sorted, (entry) => entry % 2 ** 21);
  }

  /** From which member up to which one each block goes. */
  *each(): Generator<{ readonly start: number; readonly end: number }> {
    let start = 0;
    for (let i = 1; i <= this.sorted.length; i++) {
      if (i < this.sorted.length && this.keyAt(i) === this.keyAt(start)) continue;
      yield { start, end: i };
      start = i;
    }
  }

  private keyAt(index: number): number {
    return Math.floor((this.sorted[index] as number) / 2 ** 21);
  }
}

/** The largest block size at which a rule's pairs stay within what it may find. */
function largestAllowed(blocks: Blocks, pairsAllowed: number): number {
  const blocksOfSize = new Float64Array(LARGEST_BLOCK + 1);
  for (const { start, end } of blocks.each()) {
    const size = end - start;
    if (size <= LARGEST_BLOCK) blocksOfSize[size] = (blocksOfSize[size] as number) + 1;
  }
  let left = pairsAllowed;
  for (let size = 2; size <= LARGEST_BLOCK; size++) {
    left -= ((blocksOfSize[size] as number) * size * (size - 1)) / 2;
    if (left < 0) return Math.max(size - 1, 2);
  }
  return LARGEST_BLOCK;
}
