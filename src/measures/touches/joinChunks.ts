import type { TouchColumns } from './touchColumns';

/** A span of time, half-open. */
export interface Window {
  readonly fromMs: number;
  readonly toMs: number;
}

/** Touches of several chunks, one list a column: chunk by chunk, and in the order of their chunk. */
export interface JoinedTouches {
  readonly length: number;
  /** Chunk c has the touches from bounds[c] to bounds[c + 1]. */
  readonly bounds: Uint32Array;
  /** By chunk: the row in it of its first touch here. */
  readonly firstRows: Uint32Array;
  readonly occurredAtMs: Float64Array;
  readonly identifierIds: BigInt64Array;
  readonly kinds: Uint8Array;
  readonly departments: Uint8Array;
  readonly channels: Uint8Array;
  readonly directions: Uint8Array;
  /** Indexes into `nameTexts`. */
  readonly names: Uint32Array;
  /** Each once, in the order of the alphabet. */
  readonly nameTexts: readonly string[];
  readonly sentiments: Int8Array;
}

/** What of the chunks lies in the window. */
export function joinChunks(chunks: readonly TouchColumns[], window: Window): JoinedTouches {
  const ranges = chunks.map((columns) => rowsWithin(columns, window));
  const bounds = new Uint32Array(chunks.length + 1);
  for (const [chunk, [from, to]] of ranges.entries()) bounds[chunk + 1] = (bounds[chunk] as number) + to - from;
  const { nameTexts, codes } = oneDictionary(chunks);
  const firstRows = Uint32Array.from(ranges, ([from]) => from);
  const joined = { ...emptyColumns(bounds[chunks.length] as number), bounds, firstRows, nameTexts };
  for (const [chunk, columns] of chunks.entries()) {
    const [from, to] = ranges[chunk] as readonly [number, number];
    put(joined, bounds[chunk] as number, columns, [from, to]);
    putNames(joined.names.subarray(bounds[chunk]), columns.names.subarray(from, to), codes[chunk] as Uint32Array);
  }
  return joined;
}

function emptyColumns(length: number) {
  return {
    length,
    occurredAtMs: new Float64Array(length),
    identifierIds: new BigInt64Array(length),
    kinds: new Uint8Array(length),
    departments: new Uint8Array(length),
    channels: new Uint8Array(length),
    directions: new Uint8Array(length),
    names: new Uint32Array(length),
    sentiments: new Int8Array(length),
  };
}

function put(joined: JoinedTouches, at: number, columns: TouchColumns, [from, to]: readonly [from: number, to: number]): void {
  joined.occurredAtMs.set(columns.occurredAtMs.subarray(from, to), at);
  joined.identifierIds.set(columns.identifierIds.subarray(from, to), at);
  joined.kinds.set(columns.kinds.subarray(from, to), at);
  joined.departments.set(columns.departments.subarray(from, to), at);
  joined.channels.set(columns.channels.subarray(from, to), at);
  joined.directions.set(columns.directions.subarray(from, to), at);
  joined.sentiments.set(columns.sentiments.subarray(from, to), at);
}

function putNames(to: Uint32Array, names: Uint16Array, codes: Uint32Array): void {
  for (let row = 0; row < names.length; row++) to[row] = codes[names[row] as number] as number;
}

/** The rows of a chunk that lie in the window. */
export function rowsWithin({ occurredAtMs }: TouchColumns, { fromMs, toMs }: Window): readonly [from: number, to: number] {
  const from = firstFrom(occurredAtMs, fromMs);
  return [from, Math.max(from, firstFrom(occurredAtMs, toMs))];
}

/** The first row at or after a time, in rows ordered by time. */
function firstFrom(occurredAtMs: Float64Array, atMs: number): number {
  let [low, high] = [0, occurredAtMs.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((occurredAtMs[middle] as number) < atMs) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** All names of all chunks, and for each chunk what its own numbers of names are among them. */
function oneDictionary(chunks: readonly TouchColumns[]): { readonly nameTexts: readonly string[]; readonly codes: readonly Uint32Array[] } {
  const nameTexts = [...new Set(chunks.flatMap((chunk) => chunk.nameTexts))].sort();
  const codeOf = new Map(nameTexts.map((text, code) => [text, code]));
  const codes = chunks.map((chunk) => Uint32Array.from(chunk.nameTexts, (text) => codeOf.get(text) as number));
  return { nameTexts, codes };
}
