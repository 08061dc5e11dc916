import { setImmediate as turn } from 'node:timers/promises';
import type { ClientBase, Pool } from 'pg';
import type { PathReader, PathWindow, TouchSelection } from '../../api/ports/pathReader';
import { Refusal } from '../../kernel/refusals';
import type { StopSignal } from '../../kernel/stopSignal';
import { INTERACTION_KINDS } from '../../kernel/vocabulary';
import { CustomerIndex } from '../../measures/touches/customerIndex';
import { type Paths, pathsOf } from '../../measures/touches/paths';
import { decodeMessageIds, decodeTouchColumns, type TouchColumns } from '../../measures/touches/touchColumns';
import {
  type ListedChunk,
  listTouchChunks,
  readCustomers,
  readIdentityVersion,
  readMemberCustomers,
  readTouchColumns,
  readTouchMessageIds,
} from '../../storage/statements/readTouchChunks';
import { readTouchProperties } from '../../storage/statements/readTouchProperties';
import { endingWith, type WorkspaceConnections } from '../../storage/workspaceConnections';
import { inWorkspace } from '../../storage/workspaceTransaction';
import { BoundedCache } from './boundedCache';

const CHUNK_CACHE_BYTES = 96 * 2 ** 20;
const CUSTOMER_CACHE_BYTES = 48 * 2 ** 20;
const PATH_CACHE_BYTES = 64 * 2 ** 20;
/** All columns of a path, a touch. */
const PATH_TOUCH_BYTES = 26;
/** About 100 bytes each while a report is made. */
const MOST_TOUCHES = 5_000_000;
/** Chunks, and touches with their properties, that are read at a time. */
const CHUNKS_A_READ = 16;
const PROPERTIES_A_READ = 5_000;
/** Other requests get their turn after so many touches, some ten milliseconds. */
const TURN_TOUCHES = 100_000;

interface KnownPaths {
  /** Of which customers and chunks they were made. */
  readonly stamp: string;
  /** Without the customers: those of an identity that has changed since would stay for as long as the paths. */
  readonly paths: Omit<Paths, 'customers'>;
  readonly bytes: number;
}

interface KnownCustomers {
  readonly version: string | null;
  readonly index: CustomerIndex;
  readonly bytes: number;
}

/**
 * Reads paths from chunks of touches. Chunks never change, so those that were read are kept, as far as there is room; so are paths, for several reports over one
 * window. Paths are made one after the other, which bounds the memory that it takes.
 */
export class ChunkPathReader implements PathReader {
  private readonly chunks = new BoundedCache<TouchColumns>(CHUNK_CACHE_BYTES);
  private readonly customers = new BoundedCache<KnownCustomers>(CUSTOMER_CACHE_BYTES);
  private readonly paths = new BoundedCache<KnownPaths>(PATH_CACHE_BYTES);
  private last: Promise<unknown> = Promise.resolve();

  constructor(
    /** Of the role throughline_app. */
    private readonly pool: Pool,
    private readonly connections: WorkspaceConnections,
  ) {}

  /** The same for one who may stop waiting: whatever is under way ends with `signal`. */
  endingWith(signal: StopSignal): PathReader {
    return {
      readPaths: (workspaceId, window) => this.readPaths(workspaceId, window, signal),
      visitChunks: (workspaceId, window, visitorOf) => this.visitChunks(workspaceId, window, visitorOf, signal),
      readProperties: (workspaceId, selection, touches) =>
        this.readProperties(workspaceId, selection, touches, endingWith(this.connections, signal)),
    };
  }

  readPaths(workspaceId: number, window: PathWindow, signal?: StopSignal): Promise<Paths> {
    const paths = this.last.then(() =>
      inWorkspace(this.pool, workspaceId, 'snapshot', (client) => this.pathsIn(client, workspaceId, window, signal), signal),
    );
    this.last = paths.catch(() => undefined);
    return paths;
  }

  visitChunks<Visitor extends { add(columns: TouchColumns): void }>(
    workspaceId: number,
    window: PathWindow,
    visitorOf: (customers: CustomerIndex) => Visitor,
    signal?: StopSignal,
  ): Promise<Visitor> {
    const visit = async (client: ClientBase) => {
      const listed = await listTouchChunks(client, workspaceId, window);
      const version = await readIdentityVersion(client, workspaceId);
      const visitor = visitorOf(await this.customersOf(client, workspaceId, version, window.segmentId));
      let sinceTurn = 0;
      for (let from = 0; from < listed.length; from += CHUNKS_A_READ) {
        for (const columns of await this.columnsOf(client, workspaceId, listed.slice(from, from + CHUNKS_A_READ))) {
          visitor.add(columns);
          sinceTurn += columns.length;
          if (sinceTurn < TURN_TOUCHES) continue;
          await turn();
          signal?.throwIfAborted();
          sinceTurn = 0;
        }
      }
      return visitor;
    };
    return inWorkspace(this.pool, workspaceId, 'snapshot', visit, signal);
  }

  async readProperties(
    workspaceId: number,
    { kind, name }: TouchSelection,
    touches: readonly { readonly identifierId: bigint; readonly occurredAtMs: number }[],
    connections = this.connections,
  ): Promise<readonly (readonly string[])[]> {
    const properties: string[][] = touches.map(() => []);
    const selection = { kind: kind && INTERACTION_KINDS.indexOf(kind), name };
    for (let from = 0; from < touches.length; from += PROPERTIES_A_READ) {
      const page = touches.slice(from, from + PROPERTIES_A_READ);
      const asked = {
        identifierIds: page.map(({ identifierId }) => String(identifierId)),
        occurredAt: page.map(({ occurredAtMs }) => new Date(occurredAtMs)),
      };
      for (const [place, text] of await readTouchProperties(connections, workspaceId, asked, selection)) {
        properties[from + place - 1]?.push(text);
      }
    }
    return properties;
  }

  private async pathsIn(client: ClientBase, workspaceId: number, window: PathWindow, signal?: StopSignal): Promise<Paths> {
    const listed = await listTouchChunks(client, workspaceId, window);
    refuseTooMany(listed);
    const version = await readIdentityVersion(client, workspaceId);
    const key = `${workspaceId} ${window.fromMs} ${window.toMs}`;
    const stamp = `${version} ${listed.map(({ chunkId }) => chunkId).join()}`;
    const known = this.paths.get(key);
    const isKnown = window.segmentId === null && known?.stamp === stamp;
    const customers = await this.customersOf(client, workspaceId, version, window.segmentId);
    if (isKnown) return { ...known.paths, customers };
    const chunks = await this.columnsOf(client, workspaceId, listed);
    const loadMessageIds = async (places: readonly number[]) => {
      const chunkIds = places.map((place) => (listed[place] as ListedChunk).chunkId);
      const messageIds = await readTouchMessageIds(client, workspaceId, chunkIds);
      return new Map(places.map((place, index) => [place, decodeMessageIds(messageIds.get(chunkIds[index] as string) as Buffer)]));
    };
    const takeTurn = () => turn().then(() => signal?.throwIfAborted());
    const { customers: _held, ...paths } = await pathsOf(chunks, customers, window, { loadMessageIds, takeTurn });
    if (window.segmentId === null) this.paths.set(key, { stamp, paths, bytes: PATH_TOUCH_BYTES * paths.length + 4 * customers.size });
    return { ...paths, customers };
  }

  /** Who is in a segment changes more often than who is one customer, and is not remembered. */
  private async customersOf(
    client: ClientBase,
    workspaceId: number,
    version: string | null,
    segmentId: string | null,
  ): Promise<CustomerIndex> {
    if (segmentId !== null) return new CustomerIndex(await readMemberCustomers(client, workspaceId, segmentId));
    const known = this.customers.get(String(workspaceId));
    if (known && known.version === version) return known.index;
    const pairs = await readCustomers(client, workspaceId);
    const index = new CustomerIndex(pairs);
    this.customers.set(String(workspaceId), { version, index, bytes: 3 * pairs.length });
    return index;
  }

  private async columnsOf(client: ClientBase, workspaceId: number, listed: readonly ListedChunk[]): Promise<TouchColumns[]> {
    const columns = new Map<string, TouchColumns>();
    const missing: string[] = [];
    for (const { chunkId } of listed) {
      const known = this.chunks.get(`${workspaceId} ${chunkId}`);
      if (known) columns.set(chunkId, known);
      else missing.push(chunkId);
    }
    for (let from = 0; from < missing.length; from += CHUNKS_A_READ) {
      const read = await readTouchColumns(client, workspaceId, missing.slice(from, from + CHUNKS_A_READ));
      for (const [chunkId, bytes] of read) {
        const decoded = decodeTouchColumns(bytes);
        columns.set(chunkId, decoded);
        this.chunks.set(`${workspaceId} ${chunkId}`, decoded);
      }
    }
    return listed.map(({ chunkId }) => columns.get(chunkId) as TouchColumns);
  }
}

function refuseTooMany(listed: readonly ListedChunk[]): void {
  const touches = listed.reduce((sum, chunk) => sum + chunk.touches, 0);
  if (touches <= MOST_TOUCHES) return;
  throw new Refusal(
    'INVALID_INPUT',
    `About ${touches} interactions lie in this window; ${MOST_TOUCHES} are the most. Ask for a shorter one.`,
  );
}
