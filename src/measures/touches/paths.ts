import type { CustomerIndex } from './customerIndex';
import { type OrderedTouches, orderTouches, type Window } from './orderTouches';
import { chunksWithTies, settleTies } from './settleTies';
import type { TouchColumns } from './touchColumns';

/** Every customer's touches in a window, in order: by time, ties by message id. Columns have one entry a touch; codes are indexes into the vocabularies. */
export interface Paths extends Window {
  readonly customers: CustomerIndex;
  /** Customer c has the touches from starts[c] to starts[c + 1]; customers without any have none. */
  readonly starts: Uint32Array;
  readonly occurredAtMs: Float64Array;
  readonly identifierIds: BigInt64Array;
  readonly kinds: Uint8Array;
  readonly departments: Uint8Array;
  readonly channels: Uint8Array;
  readonly directions: Uint8Array;
  /** Indexes into `nameTexts`. */
  readonly names: Uint32Array;
  readonly nameTexts: readonly string[];
  /** In hundredths; NO_SENTIMENT where there is none. */
  readonly sentiments: Int8Array;
}

/** Answers the message ids of some chunks, which are named by their places in the list. */
export type LoadMessageIds = (chunks: readonly number[]) => Promise<ReadonlyMap<number, readonly string[]>>;

/** Asks for message ids only where touches of one customer fall on one millisecond in different chunks. The order of the chunks makes no difference. */
export async function pathsOf(
  chunks: readonly TouchColumns[],
  customers: CustomerIndex,
  window: Window,
  loadMessageIds: LoadMessageIds,
): Promise<Paths> {
  const ordered = orderTouches(chunks, customers, window);
  if (ordered.ties.length > 0) settleTies(ordered, await loadMessageIds(chunksWithTies(ordered)));
  return { ...gather(ordered), fromMs: window.fromMs, toMs: window.toMs, customers };
}

function gather({ chunks, starts, chunkAt, rowAt }: OrderedTouches): Omit<Paths, 'customers' | keyof Window> {
  const length = chunkAt.length;
  const paths = {
    starts,
    occurredAtMs: new Float64Array(length),
    identifierIds: new BigInt64Array(length),
    kinds: new Uint8Array(length),
    departments: new Uint8Array(length),
    channels: new Uint8Array(length),
    directions: new Uint8Array(length),
    names: new Uint32Array(length),
    sentiments: new Int8Array(length),
  };
  const { nameTexts, codes } = oneDictionary(chunks);
  for (let place = 0; place < length; place++) {
    const chunk = chunkAt[place] as number;
    const row = rowAt[place] as number;
    const columns = chunks[chunk] as TouchColumns;
    paths.occurredAtMs[place] = columns.occurredAtMs[row] as number;
    paths.identifierIds[place] = columns.identifierIds[row] as bigint;
    paths.kinds[place] = columns.kinds[row] as number;
    paths.departments[place] = columns.departments[row] as number;
    paths.channels[place] = columns.channels[row] as number;
    paths.directions[place] = columns.directions[row] as number;
    paths.names[place] = (codes[chunk] as Uint32Array)[columns.names[row] as number] as number;
    paths.sentiments[place] = columns.sentiments[row] as number;
  }
  return { ...paths, nameTexts };
}

/** All names of all chunks, each once and in the order of the alphabet; and for each chunk what its own numbers of names are in it. */
function oneDictionary(chunks: readonly TouchColumns[]): { readonly nameTexts: readonly string[]; readonly codes: readonly Uint32Array[] } {
  const nameTexts = [...new Set(chunks.flatMap((chunk) => chunk.nameTexts))].sort();
  const codeOf = new Map(nameTexts.map((text, code) => [text, code]));
  const codes = chunks.map((chunk) => Uint32Array.from(chunk.nameTexts, (text) => codeOf.get(text) as number));
  return { nameTexts, codes };
}
