/** How a chunk of touches lies in its bytes, little-endian: header, the columns one after the other, then the names as a JSON array. */
export const VERSION = 1;

/** Version and number of touches, four bytes each. */
export const HEADER_BYTES = 8;

/** Names are numbered in two bytes. */
export const MOST_TOUCHES = 65_536;

/** Sentiment is kept in hundredths, in a byte; this one says that there is none. */
export const SENTIMENT_STEPS = 100;
export const NO_SENTIMENT = -128;

export interface ColumnOffsets {
  readonly occurredAtMs: number;
  readonly identifierIds: number;
  readonly names: number;
  readonly kinds: number;
  readonly departments: number;
  readonly channels: number;
  readonly directions: number;
  readonly sentiments: number;
  /** Where the names begin. */
  readonly end: number;
}

/** The widest columns first, so that each is aligned. */
export function columnOffsets(count: number): ColumnOffsets {
  const identifierIds = HEADER_BYTES + 8 * count;
  const names = identifierIds + 8 * count;
  const kinds = names + 2 * count;
  return {
    occurredAtMs: HEADER_BYTES,
    identifierIds,
    names,
    kinds,
    departments: kinds + count,
    channels: kinds + 2 * count,
    directions: kinds + 3 * count,
    sentiments: kinds + 4 * count,
    end: kinds + 5 * count,
  };
}
