import pg from 'pg';
import type { BatchReport } from '../src/app/processing/batchReport';
import { Lane } from '../src/app/processing/lane';
import { withLaneConnections } from '../src/app/processing/laneConnections';
import { loadSettings } from '../src/app/processing/loadSettings';
import { newUuidV7 } from '../src/kernel/uuid';
import { appConnection } from '../src/storage/pool';
import { appendInbox } from '../src/storage/statements/appendInbox';
import { setWorkspace } from '../src/storage/statements/setWorkspace';

const REQUEST_MESSAGES = 500;

/** A workspace with one source, and a lane that works off what is sent to it. */
export class LaneOnTap {
  /** Told of each batch that is on disk. */
  onBatch: (batch: BatchReport) => void = () => undefined;
  private lane = this.newLane();
  private sent = 0;

  private constructor(readonly pool: pg.Pool) {}

  static async open(url: string): Promise<LaneOnTap> {
    const owner = new pg.Client({ connectionString: url });
    await owner.connect();
    await owner.query(`insert into workspace (name, created_at) values ('Bench', now())`);
    await owner.query(
      `insert into source (workspace_id, source_id, name, type, department, created_at) values (1, 1, 'Web', 'segment', 0, now())`,
    );
    await owner.end();
    const pool = new pg.Pool({ ...appConnection(url, 120_000), pipeline: true, max: 10 });
    pool.on('error', () => undefined);
    return new LaneOnTap(pool);
  }

  /** Into the inbox, in requests of some hundreds. */
  async send(count: number, fieldsOf: (n: number) => object): Promise<void> {
    const client = await this.pool.connect();
    await setWorkspace(client, 1, 'connection');
    for (let at = 0; at < count; at += REQUEST_MESSAGES) {
      const messageCount = Math.min(REQUEST_MESSAGES, count - at);
      const batch = Array.from({ length: messageCount }, (_, n) => ({
        type: 'track',
        event: 'Seen',
        messageId: `m${this.sent++}`,
        ...fieldsOf(at + n),
      }));
      const body = Buffer.from(JSON.stringify({ batch }));
      await appendInbox(client, 1, [{ sourceId: 1, receivedAtMs: Date.now(), messageCount, call: null, refused: [], body }]);
    }
    client.release();
  }

  /** Seconds until the inbox is empty and every profile is resolved. */
  async drain(): Promise<number> {
    const startedAt = performance.now();
    await withLaneConnections(this.pool, 1, async (connections) => {
      while (!(await this.lane.drain(connections, 2n ** 62n, () => false)));
    });
    return (performance.now() - startedAt) / 1000;
  }

  /** As a worker that has just started. */
  forget(): void {
    this.lane = this.newLane();
  }

  private newLane(): Lane {
    return new Lane({
      workspaceId: 1,
      clock: Date.now,
      newId: () => newUuidV7(Date.now()),
      loadSettings,
      sentimentOf: () => null,
      onBatch: (batch) => this.onBatch(batch),
    });
  }
}
