import { randomUUID } from 'node:crypto';
import { insertReads } from '../../../src/storage/statements/insertReads';
import { withinTransaction } from '../../../src/storage/workspaceConnections';
import { inWorkspace } from '../../../src/storage/workspaceTransaction';
import { aMessage, DecisionWorld } from '../decisions/decisionWorld';

let told: DecisionWorld;
beforeAll(async () => {
  told = await DecisionWorld.start();
});
afterAll(() => told.stop());

const ERASE = 'mutation ($id: ID!) { eraseProfile(input: { profileId: $id }) { finishedAt } }';
const aRead = (action: string, target: string | null, detail: object = {}) => ({
  auditId: randomUUID(),
  atMs: Date.now(),
  actor: 'Ada',
  action,
  target,
  detail: JSON.stringify({ fields: ['profile'], ...detail }),
});

it('names nobody who was erased between the read and when it is written', async () => {
  await told.hear(aMessage(1, { userId: 'gone-1' }), aMessage(2, { userId: 'here-1' }));
  const [gone, here] = [await told.idOf('user_id', 'gone-1'), await told.idOf('user_id', 'here-1')];
  expect((await told.do(ERASE, { id: gone })).eraseProfile.finishedAt).not.toBeNull();
  const reads = [
    aRead('of one who is gone', gone),
    aRead('of both', null, { profileIds: [gone, here] }),
    aRead('of one who is here', here),
    aRead('of nobody', 'prf_not-an-id'),
  ];
  await inWorkspace(told.world.pool, 1, 'changes', (client) => insertReads(withinTransaction(client), 1, reads));
  const { rows } = await told.world.database.owner.query(
    `select action, target, detail from audit_entry where action like 'of %' order by action`,
  );
  const erased = { target: null, detail: { erased: true } };
  expect(rows).toEqual([
    { action: 'of both', ...erased },
    { action: 'of nobody', target: 'prf_not-an-id', detail: { fields: ['profile'] } },
    { action: 'of one who is gone', ...erased },
    { action: 'of one who is here', target: here, detail: { fields: ['profile'] } },
  ]);
});
