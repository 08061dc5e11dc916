import type { ClientBase, Pool } from 'pg';
import type { PathReader, TouchSelection } from '../../api/ports/pathReader';
import { Refusal } from '../../kernel/refusals';
import { INTERACTION_KINDS } from '../../kernel/vocabulary';
import { CustomerIndex } from '../../measures/touches/customerIndex';
import type { Window } from '../../measures/touches/orderTouches';
import { type Paths, pathsOf } from '../../measures/touches/paths';
import { decodeMessageIds, decodeTouchColumns, type TouchColumns } from '../../measures/touches/touchColumns';
import {
  type ListedChunk,
  listTouchChunks,
  readCustomers,
  readIdentityVersion,
  readTouchColumns,
  readTouchMessageIds,
} from '../../storage/statements/readTouchChunks';
import { readTouchProperties } from '../../storage/statements/readTouchProperties';
import type { WorkspaceConnections } from '../../storage/workspaceConnections';
import { inWorkspace } from '../../storage/workspaceTransaction';
import { BoundedCache } from './boundedCache';

const CHUNK_CACHE_BYTES = 96 * 2 ** 20;
const CUSTOMER_CACHE_BYTES = 48 * 2 ** 20;
/** About 100 bytes each while a report is made. */
const MOST_TOUCHES = 5_000_000;
/** Chunks, and touches with their properties, that are read at a time. */
const CHUNKS_A_READ = 16;
const PROPERTIES_A_READ = 5_000;

interface KnownCustomers {
  readonly version: string | null;
  readonly index: CustomerIndex;
  readonly bytes: number;
}

/** Reads paths from chunks of touches. Chunks never change, so those that were read are kept, as far as there is room. */
export class ChunkPathReader implements PathReader {
  private readonly chunks = new BoundedCache<TouchColumns>(CHUNK_CACHE_BYTES);
  private readonly customers = new BoundedCache<KnownCustomers>(CUSTOMER_CACHE_BYTES);

  constructor(
    /** Of the role throughline_app. */
    private readonly pool: Pool,
    private readonly connections: WorkspaceConnections,
  ) {}

  readPaths(workspaceId: number, window: Window): Promise<Paths> {
    return inWorkspace(this.pool, workspaceId, 'snapshot', async (client) => {
      const listed = await listTouchChunks(client, workspaceId, window);
      refuseTooMany(listed);
      const customers = await this.customersOf(client, workspaceId);
      const chunks = await this.columnsOf(client, workspaceId, listed);
      return pathsOf(chunks, customers, window, async (places) => {
        const chunkIds = places.map((place) => (listed[place] as ListedChunk).chunkId);
        const messageIds = await readTouchMessageIds(client, workspaceId, chunkIds);
        return new Map(places.map((place, index) => [place, decodeMessageIds(messageIds.get(chunkIds[index] as string) as Buffer)]));
      });
    });
  }

  async readProperties(
    workspaceId: number,
    { kind, name }: TouchSelection,
    touches: readonly { readonly identifierId: bigint; readonly occurredAtMs: number }[],
  ): Promise<readonly (readonly string[])[]> {
    const properties: string[][] = touches.map(() => []);
    const selection = { kind: kind && INTERACTION_KINDS.indexOf(kind), name };
    for (let from = 0; from < touches.length; from += PROPERTIES_A_READ) {
      const page = touches.slice(from, from + PROPERTIES_A_READ);
      const asked = {
        identifierIds: page.map(({ identifierId }) => String(identifierId)),
        occurredAt: page.map(({ occurredAtMs }) => new Date(occurredAtMs)),
      };
      for (const [place, text] of await readTouchProperties(this.connections, workspaceId, asked, selection)) {
        properties[from + place - 1]?.push(text);
      }
    }
    return properties;
  }

  private async customersOf(client: ClientBase, workspaceId: number): Promise<CustomerIndex> {
    const version = await readIdentityVersion(client, workspaceId);
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
