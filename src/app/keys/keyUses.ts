import { noteKeyUse } from '../../storage/statements/noteKeyUse';
import type { WorkspaceConnections } from '../../storage/workspaceConnections';
import { repeatedly } from '../repeatedly';

/** One write a minute for each workspace whose keys were used, however many requests there were. */
const WRITE_EVERY_MS = 60_000;

/** When keys were used last: noted in memory, and written once in a while. */
export class KeyUses {
  private uses = new Map<number, Map<string, number>>();
  private readonly writing: { stop(): Promise<void> };

  constructor(
    private readonly connections: WorkspaceConnections,
    private readonly onError: (error: unknown) => void,
  ) {
    this.writing = repeatedly(WRITE_EVERY_MS, () => this.write());
  }

  note(workspaceId: number, keyHash: Buffer, atMs: number): void {
    const ofWorkspace = this.uses.get(workspaceId) ?? new Map<string, number>();
    ofWorkspace.set(keyHash.toString('hex'), atMs);
    this.uses.set(workspaceId, ofWorkspace);
  }

  /** Never rejects: what can't be written is noted again when the key is used again. */
  async write(): Promise<void> {
    const { uses } = this;
    this.uses = new Map();
    for (const [workspaceId, times] of uses) {
      const ofWorkspace = [...times].map(([hash, atMs]) => ({ keyHash: Buffer.from(hash, 'hex'), atMs }));
      await noteKeyUse(this.connections, workspaceId, ofWorkspace).catch(this.onError);
    }
  }

  /** Writes what is left; before the connections are closed. */
  async stop(): Promise<void> {
    await this.writing.stop();
    await this.write();
  }
}
