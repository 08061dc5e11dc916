import { randomUUID } from 'node:crypto';
import type { NotedRead } from '../../../src/api/ports/readLog';
import { MOST_WAITING, ReadRecorder } from '../../../src/app/audit/readRecorder';
import type { Statement } from '../../../src/storage/statements/statement';
import type { Row, WorkspaceConnections } from '../../../src/storage/workspaceConnections';

interface Written {
  readonly actor: string;
  readonly action: string;
  readonly target: string | null;
  // biome-ignore lint/suspicious/noExplicitAny: JSON that a test looks into
  readonly detail: any;
}

/** Takes what is written, unless it is away. */
class Store implements WorkspaceConnections {
  isAway = false;
  readonly written: Written[] = [];

  run<T extends Row>(_workspaceId: number, { name }: Statement, values: readonly unknown[]): Promise<readonly T[]> {
    if (this.isAway) return Promise.reject(new Error('away'));
    if (name === 'profiles_of_identifiers') return Promise.resolve((values[1] as string[]).map((id) => [id, `owner-of-${id}`]) as never);
    const [, ids, , actors, actions, targets, details] = values as [number, string[], string[], string[], string[], string[], string[]];
    ids.forEach((_id, row) => {
      this.written.push({
        actor: actors[row] as string,
        action: actions[row] as string,
        target: targets[row] ?? null,
        detail: JSON.parse(details[row] as string),
      });
    });
    return Promise.resolve([]);
  }
}

let store: Store;
const recorders: ReadRecorder[] = [];
beforeEach(() => {
  store = new Store();
});
afterEach(() => Promise.all(recorders.splice(0).map((recorder) => recorder.stop())));

function recorder(oneIn = 1, chance: () => number = () => 0): ReadRecorder {
  const made = new ReadRecorder({ connections: store, clock: () => 0, newId: randomUUID, chance, oneIn, onFault: () => undefined });
  recorders.push(made);
  return made;
}

const read = (profileIds: readonly string[], set: Partial<NotedRead> = {}): NotedRead => ({
  workspaceId: 1,
  actor: 'Ada',
  atMs: 0,
  action: 'read',
  target: null,
  fields: ['profile'],
  profileFields: ['email'],
  profileIds: new Set(profileIds),
  identifierIds: new Set(),
  ...set,
});

it('names one profile as the target, and several in the detail', async () => {
  const reads = recorder();
  reads.note(read(['a']));
  reads.note(read(['a', 'b'], { identifierIds: new Set(['7']) }));
  await reads.flush();
  expect(store.written).toEqual([
    { actor: 'Ada', action: 'read', target: 'prf_a', detail: { fields: ['profile'], profileFields: ['email'] } },
    expect.objectContaining({ target: null, detail: expect.objectContaining({ profileIds: ['prf_a', 'prf_b', 'prf_ownerof7'] }) }),
  ]);
});

it('makes one entry of the same reads of a second, and counts them', async () => {
  const reads = recorder();
  for (let n = 0; n < 3; n++) reads.note(read(['a']));
  reads.note(read(['a'], { actor: 'Grace' }));
  await reads.flush();
  expect(store.written.map(({ actor, detail }) => [actor, detail.times])).toEqual([
    ['Ada', 3],
    ['Grace', undefined],
  ]);
});

it('names everybody of a large answer, in several entries', async () => {
  const reads = recorder();
  const ids = Array.from({ length: 1_201 }, (_, n) => `p${n}`);
  reads.note(read(ids));
  await reads.flush();
  expect(store.written.flatMap(({ detail }) => detail.profileIds)).toEqual(ids.map((id) => `prf_${id}`));
  expect(store.written).toHaveLength(3);
});

it('keeps what it can not write, and writes it once when it can', async () => {
  const reads = recorder();
  store.isAway = true;
  reads.note(read(['a']));
  await reads.flush();
  reads.note(read(['b']));
  await reads.flush();
  store.isAway = false;
  await reads.flush();
  await reads.flush();
  expect(store.written.map(({ target }) => target)).toEqual(['prf_a', 'prf_b']);
});

it('holds no more than so much, counts what finds no room, and says so', async () => {
  const reads = recorder();
  store.isAway = true;
  const crowd = Array.from({ length: 1_000 }, (_, n) => `p${n}`);
  const fitting = Math.floor(MOST_WAITING / (crowd.length + 1));
  for (let n = 0; n < fitting + 5; n++) reads.note(read(crowd, { actor: `Ada ${n}` }));
  await reads.flush();
  store.isAway = false;
  await reads.flush();
  const lost = store.written.filter(({ action }) => action === 'readsLost');
  expect(lost).toEqual([{ actor: 'throughline', action: 'readsLost', target: null, detail: { requests: 5 } }]);
  expect(new Set(store.written.map(({ actor }) => actor)).size).toBe(fitting + 1);
  reads.note(read(['a']));
  await reads.flush();
  expect(store.written.at(-1)).toMatchObject({ target: 'prf_a' });
});

it('notes one of so many, or none', async () => {
  const chances = [0.05, 0.5, 0.09, 0.1];
  const sampled = recorder(10, () => chances.shift() as number);
  for (const id of ['a', 'b', 'c', 'd']) sampled.note(read([id]));
  await sampled.flush();
  expect(store.written.map(({ target }) => target)).toEqual(['prf_a', 'prf_c']);
  const off = recorder(0);
  off.note(read(['e']));
  await off.flush();
  expect(store.written).toHaveLength(2);
});
