import {
  GROUP_COMMIT_LIMITS,
  GroupCommit,
  type GroupCommitLimits,
  type GroupCommitPorts,
  type InboxAppend,
} from '../../src/intake/groupCommit';
import { anEntry, aTrack } from './builders';

const ROW_FAULT = new Error('row');
const DATABASE_GONE = new Error('gone');

const append = (workspaceId: number, body: unknown = { batch: [aTrack()] }): InboxAppend => ({
  workspaceId,
  entry: anEntry(body),
  deadLetters: [],
});

/** A store that remembers its transactions and commits each when it is told to. */
class FakeStore {
  readonly transactions: (readonly InboxAppend[])[] = [];
  readonly rung: string[] = [];
  private readonly held: (() => void)[] = [];
  private position = 0n;
  isHolding = false;
  fault: (group: readonly InboxAppend[]) => Error | null = () => null;

  readonly ports: GroupCommitPorts = {
    write: (group) => this.write(group),
    isRowAtFault: (error) => error === ROW_FAULT,
    ring: (workspaceId, first, last) => void this.rung.push(`${workspaceId}: ${first}-${last}`),
    clock: () => 0,
  };

  private async write(group: readonly InboxAppend[]): Promise<(bigint | null)[]> {
    this.transactions.push(group);
    if (this.isHolding) await new Promise<void>((resolve) => this.held.push(resolve));
    const fault = this.fault(group);
    if (fault) throw fault;
    return group.map(({ entry }) => (entry === null ? null : ++this.position));
  }

  release(): void {
    for (const go of this.held.splice(0)) go();
  }
}

const sizes = (store: FakeStore): number[] => store.transactions.map((group) => group.length);
/** More turns of the event loop than anything here needs. */
const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 10; turn++) await new Promise((resolve) => setImmediate(resolve));
};
const make = (store: FakeStore, limits: Partial<GroupCommitLimits> = {}): GroupCommit =>
  new GroupCommit(store.ports, { ...GROUP_COMMIT_LIMITS, maxInFlight: 1, ...limits });

describe('GroupCommit', () => {
  it('commits requests of one turn together and answers each its own position', async () => {
    const store = new FakeStore();
    const commit = make(store);
    const positions = await Promise.all(Array.from({ length: 20 }, () => commit.append(append(1))));
    expect(sizes(store)).toEqual([20]);
    expect(positions).toEqual(Array.from({ length: 20 }, (_, index) => BigInt(index + 1)));
  });

  it('gathers what comes in while a commit is on its way into the next one', async () => {
    const store = new FakeStore();
    store.isHolding = true;
    const commit = make(store);
    const first = commit.append(append(1));
    await settle();
    const rest = Promise.all(Array.from({ length: 7 }, () => commit.append(append(1))));
    await settle();
    expect(sizes(store)).toEqual([1]);
    store.isHolding = false;
    store.release();
    await Promise.all([first, rest]);
    expect(sizes(store)).toEqual([1, 7]);
  });

  it('has no more commits on their way than allowed', async () => {
    const store = new FakeStore();
    store.isHolding = true;
    const commit = make(store, { maxInFlight: 2, maxRequests: 1 });
    const all = Promise.all([1, 2, 3, 4].map((workspaceId) => commit.append(append(workspaceId))));
    await settle();
    expect(sizes(store)).toEqual([1, 1]);
    store.isHolding = false;
    store.release();
    await all;
    expect(sizes(store)).toEqual([1, 1, 1, 1]);
  });

  it('bounds a group by requests and by bytes, but takes one request however large', async () => {
    const store = new FakeStore();
    const commit = make(store, { maxRequests: 3, maxBytes: 1_000 });
    const large = append(1, { batch: [aTrack({ properties: { text: 'x'.repeat(5_000) } })] });
    await Promise.all([large, append(1), append(1), append(1), append(1)].map((one) => commit.append(one)));
    expect(sizes(store)).toEqual([1, 3, 1]);
  });

  it('fails only the requests of the group that failed, with UNAVAILABLE', async () => {
    const store = new FakeStore();
    store.fault = () => DATABASE_GONE;
    const commit = make(store);
    const failed = await Promise.allSettled([commit.append(append(1)), commit.append(append(1))]);
    expect(failed).toMatchObject([{ reason: { code: 'UNAVAILABLE' } }, { reason: { code: 'UNAVAILABLE' } }]);
    expect(sizes(store)).toEqual([2]);
    store.fault = () => null;
    await expect(commit.append(append(1))).resolves.toBe(1n);
  });

  it('writes the neighbours of a row that can not be written', async () => {
    const store = new FakeStore();
    store.fault = (group) => (group.some(({ workspaceId }) => workspaceId === 13) ? ROW_FAULT : null);
    const commit = make(store);
    const settled = await Promise.allSettled([1, 2, 13, 4, 5, 6].map((workspaceId) => commit.append(append(workspaceId))));
    expect(settled.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled', 'fulfilled', 'fulfilled']);
  });

  it('refuses at once when more waits than it may hold, and takes requests again later', async () => {
    const store = new FakeStore();
    store.isHolding = true;
    const commit = make(store, { maxWaitingBytes: 200 });
    const waiting = [commit.append(append(1))];
    await settle();
    waiting.push(commit.append(append(1)), commit.append(append(1)));
    await expect(commit.append(append(1))).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    store.isHolding = false;
    store.release();
    await Promise.all(waiting);
    await expect(commit.append(append(1))).resolves.toBe(4n);
  });

  it('rings once a commit and workspace, with the positions it wrote', async () => {
    const store = new FakeStore();
    const commit = make(store);
    await Promise.all([append(1), append(2), append(1), { workspaceId: 3, entry: null, deadLetters: [] }].map((one) => commit.append(one)));
    expect(store.rung).toEqual(['1: 1-3', '2: 2-2']);
  });

  it('answers success although the bell does not ring', async () => {
    const store = new FakeStore();
    const broken = [
      () => Promise.reject(new Error('no queue')),
      () => {
        throw new Error('no queue');
      },
    ];
    for (const ring of broken)
      await expect(new GroupCommit({ ...store.ports, ring }).append(append(1))).resolves.toEqual(expect.any(BigInt));
  });
});
