import { setTimeout as sleep } from 'node:timers/promises';
import type { AnyVictim, FaultySystem } from './faultySystem';

/** Between two faults. */
const PAUSE_MS = [1_000, 6_000] as const;
/** No clock is further from the true time. */
export const CLOCK_ERROR_MS = 60_000;
const TRUE_AGAIN = 0.3;

const VICTIMS: readonly (readonly [AnyVictim, number])[] = [
  ['worker', 4],
  ['second worker', 4],
  ['api', 3],
  ['second api', 3],
  ['PostgreSQL', 2],
  ['PostgreSQL backend', 2],
  ['supervisor', 1],
];

export interface FaultCounts {
  readonly kills: Record<AnyVictim, number>;
  cutConnections: number;
  clockJumps: number;
  receiverDown: number;
}

/** Kills, cuts and jumps, until it is over. `downFor`: has the receiver of webhooks refuse everything for so long. */
export async function sowFaults(
  system: FaultySystem,
  { chance, isOver, downFor }: { readonly chance: () => number; readonly isOver: () => boolean; readonly downFor: (ms: number) => void },
): Promise<FaultCounts> {
  const counts = noFaults();
  const [least, most] = PAUSE_MS;
  while (!isOver()) {
    await sleep(least + (most - least) * chance());
    const turn = chance();
    if (turn < 0.6) {
      const victim = pick(chance);
      if (await system.kill(victim)) counts.kills[victim]++;
    } else if (turn < 0.8) counts.cutConnections += system.proxy.cut(chance() < 0.5 ? 1 : 0.3, chance);
    else if (turn < 0.96) {
      const offsetMs = chance() < TRUE_AGAIN ? 0 : Math.round((2 * chance() - 1) * CLOCK_ERROR_MS);
      system.jump(chance() < 0.5 ? 'first' : 'second', offsetMs);
      counts.clockJumps++;
    } else {
      downFor(3_000 * chance());
      counts.receiverDown++;
    }
  }
  for (const group of ['first', 'second'] as const) system.jump(group, 0);
  return counts;
}

function noFaults(): FaultCounts {
  const kills = Object.fromEntries(VICTIMS.map(([victim]) => [victim, 0])) as Record<AnyVictim, number>;
  return { kills, cutConnections: 0, clockJumps: 0, receiverDown: 0 };
}

function pick(chance: () => number): AnyVictim {
  let left = chance() * VICTIMS.reduce((sum, [, weight]) => sum + weight, 0);
  for (const [victim, weight] of VICTIMS) {
    left -= weight;
    if (left < 0) return victim;
  }
  return 'worker';
}
