import { type BlockingRule, blockingRulesFor, combineParts, hashOfPart, NO_KEY } from './blockingKeys';
import { type FieldColumn, MISSING, type RecordTable } from './recordTable';

/** At most so many pairs a record from one rule, on average; a rule's largest blocks are left out first. */
const PAIRS_PER_RECORD_AND_RULE = 8;
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
    for (let rule = 0; rule < this.rules.length; rule++) {
      let pairs = 0;
      this.forEachBlock(rule, (members, start, end) => {
        for (let i = start; i < end; i++) {
          for (let j = i + 1; j < end; j++) {
            const [one, other] = [members[i] as number, members[j] as number];
            if (this.isFoundBefore(one, other, rule)) continue;
            pairs++;
            visit(one, other);
          }
        }
      });
      const outcome = this.outcomes[rule];
      if (outcome) this.outcomes[rule] = { ...outcome, pairs };
    }
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
    const limit = this.largestBlockFor(rule);
    const width = this.rules.length;
    let [blocks, largest, oversized] = [0, 0, 0];
    this.forEachBlock(rule, (members, start, end) => {
      const size = end - start;
      if (size > 1) {
        blocks++;
        largest = Math.max(largest, size);
      }
      if (size > 1 && size <= limit) return;
      if (size > limit) oversized += size;
      for (let i = start; i < end; i++) this.keys[(members[i] as number) * width + rule] = NO_KEY;
    });
    const { name } = this.rules[rule] as BlockingRule;
    this.outcomes.push({ rule: name, blocks, largestBlock: largest, recordsInOversizedBlocks: oversized, pairs: 0 });
  }

  /** The largest block size at which the rule's pairs stay within the budget. */
  private largestBlockFor(rule: number): number {
    const blocksOfSize = new Float64Array(LARGEST_BLOCK + 1);
    this.forEachBlock(rule, (_, start, end) => {
      const size = end - start;
      if (size <= LARGEST_BLOCK) blocksOfSize[size] = (blocksOfSize[size] as number) + 1;
    });
    let left = PAIRS_PER_RECORD_AND_RULE * this.table.size;
    for (let size = 2; size <= LARGEST_BLOCK; size++) {
      left -= ((blocksOfSize[size] as number) * size * (size - 1)) / 2;
      if (left < 0) return Math.max(size - 1, 2);
    }
    return LARGEST_BLOCK;
  }

  /** Calls `visit` with the members of each block: `members` from `start` up to `end`, in the order of the records. */
  private forEachBlock(rule: number, visit: (members: Int32Array, start: number, end: number) => void): void {
    const { size } = this.table;
    const width = this.rules.length;
    const order = new Float64Array(size);
    let kept = 0;
    for (let record = 0; record < size; record++) {
      const key = this.keys[record * width + rule] as number;
      if (key !== NO_KEY) order[kept++] = (key >>> 0) * 2 ** 21 + record;
    }
    const sorted = order.subarray(0, kept).sort();
    const members = Int32Array.from(sorted, (entry) => entry % 2 ** 21);
    let start = 0;
    for (let i = 1; i <= kept; i++) {
      if (i < kept && Math.floor((sorted[i] as number) / 2 ** 21) === Math.floor((sorted[start] as number) / 2 ** 21)) continue;
      visit(members, start, i);
      start = i;
    }
  }
}
