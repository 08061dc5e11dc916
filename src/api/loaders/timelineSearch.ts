import { setImmediate as turn } from 'node:timers/promises';
import { Refusal } from '../../kernel/refusals';
import { SAID_KINDS } from '../../timeline/saidWords';
import type { InteractionRecord, TimelineRange, TimelineReader, TimelineSelection, TimelineWordsRecords } from '../ports/timelineReader';

/** What one request may look through in all. */
const MAX_LOOKED_THROUGH = 250_000;

/** Interactions read by one statement: first and at least, and at most; in between by how long their properties were the last time. */
const SHORTEST_READ = 250;
const LONGEST_READ = 8_000;
const READ_CHARACTERS = 8_000_000;

/** Interactions looked at before others get their turn. */
const LOOKED_AT_IN_A_TURN = 200;

export interface Looked {
  readonly identifierIds: readonly string[];
  /** Whether an interaction is one of those looked for, as far as the index of words does not know it. */
  readonly matches: (record: InteractionRecord) => boolean;
  /** What the index of words is asked for; null where it is not to be asked. */
  readonly indexedWords: readonly string[] | null;
}

/**
 * Looks through timelines, interaction by interaction, for what only the line shown of it can tell, or, where it may, by the index of words. What it costs is bound by the length
 * of the timeline and by MAX_LOOKED_THROUGH, beyond which it refuses with QUERY_TOO_COMPLEX. Lives as long as a request.
 */
export class TimelineSearch {
  private lookedThrough = 0;

  constructor(
    private readonly reader: TimelineReader,
    private readonly workspaceId: number,
  ) {}

  /** The first `range.limit` that match, as `readTimelines` would answer them. */
  async find(looked: Looked, range: TimelineRange): Promise<readonly InteractionRecord[]> {
    const found: InteractionRecord[] = [];
    for await (const records of this.pieces(looked, range)) {
      found.push(...records);
      if (found.length >= range.limit) break;
    }
    return found.slice(0, range.limit);
  }

  async count(looked: Looked, selection: TimelineSelection): Promise<number> {
    let count = 0;
    for await (const records of this.pieces(looked, { ...selection, end: 'newest' })) count += records.length;
    return count;
  }

  /** All of the range that match, in order, a few at a time, others getting their turn in between. */
  private async *pieces(looked: Looked, range: Omit<TimelineRange, 'limit'>): AsyncGenerator<readonly InteractionRecord[]> {
    let rest = range;
    for (let limit = SHORTEST_READ; ; ) {
      const { records, byIndex } = await this.read(looked, { ...rest, limit });
      this.account(records.length);
      for (let start = 0; start < records.length; start += LOOKED_AT_IN_A_TURN) {
        const seen = records.slice(start, start + LOOKED_AT_IN_A_TURN);
        yield seen.filter((record) => (byIndex && SAID_KINDS.has(record.kind)) || looked.matches(record));
        await turn();
      }
      const last = records.at(-1);
      if (records.length < limit || !last) return;
      rest = range.end === 'newest' ? { ...range, olderThan: last } : { ...range, newerThan: last };
      limit = nextRead(records);
    }
  }

  private async read({ identifierIds, indexedWords: words }: Looked, range: TimelineRange): Promise<TimelineWordsRecords> {
    if (words !== null) return await this.reader.readTimelineWords(this.workspaceId, { identifierIds, words }, range);
    const [records = []] = await this.reader.readTimelines(this.workspaceId, [identifierIds], range);
    return { records, byIndex: false };
  }

  private account(interactions: number): void {
    this.lookedThrough += interactions;
    if (this.lookedThrough <= MAX_LOOKED_THROUGH) return;
    const most = MAX_LOOKED_THROUGH.toLocaleString('en');
    throw new Refusal(
      'QUERY_TOO_COMPLEX',
      `A request looks for text in at most ${most} interactions; narrow it by kinds, names, from, to.`,
    );
  }
}

/** Memory is bounded by characters, time by reading no less than is worth a statement. */
function nextRead(records: readonly InteractionRecord[]): number {
  const characters = records.reduce((sum, record) => sum + record.properties.length, records.length);
  return Math.max(SHORTEST_READ, Math.min(LONGEST_READ, Math.floor((READ_CHARACTERS * records.length) / characters)));
}
