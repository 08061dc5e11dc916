import type { ReadyDelivery } from '../../../src/app/activation/deliveries';
import { DestinationLane } from '../../../src/app/activation/destinationLane';

const PLACE = { workspaceId: 1, destinationId: '11111111-1111-4111-8111-111111111111' };

/** A destination with so much due, each of another customer, where what is sent is answered when the test says so. */
class Backlog {
  readonly claims: number[] = [];
  readonly faults: Error[] = [];
  private readonly open: ((isTaken: boolean) => void)[] = [];

  constructor(private due: number) {}

  get underWay(): number {
    return this.open.length;
  }

  lane(): DestinationLane {
    return new DestinationLane(
      PLACE,
      {
        claim: (_place, limit) => {
          const taken = Math.min(limit, this.due);
          this.due -= taken;
          this.claims.push(taken);
          return Promise.resolve({ taken, ready: Array.from({ length: taken }, () => ({}) as ReadyDelivery) });
        },
        deliver: () => new Promise((resolve) => this.open.push(resolve)),
        onError: (error) => void this.faults.push(error),
      },
      () => false,
    );
  }

  answer(count: number, isTaken: boolean): void {
    for (const resolve of this.open.splice(0, count)) resolve(isTaken);
  }

  /** Until so many are under way, and stay so. */
  async settled(): Promise<void> {
    await jest.advanceTimersByTimeAsync(1_000);
  }
}

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

it('sends a few at once to a destination that has taken nothing yet, and more and more to one that takes them', async () => {
  const backlog = new Backlog(1_000);
  const running = backlog.lane().run();
  const seen: number[] = [];
  for (let round = 0; round < 8; round++) {
    await backlog.settled();
    seen.push(backlog.underWay);
    backlog.answer(backlog.underWay, true);
  }
  expect(seen).toEqual([16, 20, 25, 31, 39, 48, 60, 64]);
  for (await backlog.settled(); backlog.underWay > 0; await backlog.settled()) backlog.answer(backlog.underWay, true);
  expect(await running).toBe(false);
  expect(backlog.faults).toEqual([]);
});

it('sends a few at once again when one was not taken', async () => {
  const backlog = new Backlog(1_000);
  const lane = backlog.lane();
  const running = lane.run();
  for (let round = 0; round < 6; round++) {
    await backlog.settled();
    backlog.answer(backlog.underWay, true);
  }
  await backlog.settled();
  expect(backlog.underWay).toBe(60);
  backlog.answer(1, false);
  backlog.answer(50, true);
  await backlog.settled();
  expect(backlog.underWay).toBe(28);
  backlog.answer(28, false);
  await backlog.settled();
  expect(backlog.underWay).toBe(16);
  lane.stop();
  backlog.answer(16, true);
  await running;
});

it('claims for many places together while they become free one by one', async () => {
  const backlog = new Backlog(1_000);
  const lane = backlog.lane();
  const running = lane.run();
  await backlog.settled();
  backlog.claims.length = 0;
  for (let n = 0; n < 7; n++) {
    backlog.answer(1, true);
    await jest.advanceTimersByTimeAsync(1);
  }
  expect(backlog.claims).toEqual([]);
  await backlog.settled();
  expect(backlog.claims).toEqual([8]);
  lane.stop();
  backlog.answer(backlog.underWay, true);
  await running;
});

it('fills the places of those that are done while others are slow', async () => {
  const backlog = new Backlog(100);
  const lane = backlog.lane();
  const running = lane.run();
  await backlog.settled();
  for (let round = 0; round < 40; round++) {
    backlog.answer(1, true);
    await backlog.settled();
  }
  expect(backlog.claims.reduce((sum, taken) => sum + taken, 0)).toBe(40 + backlog.underWay);
  expect(backlog.underWay).toBe(26);
  lane.stop();
  backlog.answer(26, true);
  await running;
});
