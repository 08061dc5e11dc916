import { DIRECTIONS } from '../../kernel/vocabulary';
import type { Paths } from '../touches/paths';

const INBOUND = DIRECTIONS.indexOf('INBOUND');
const DAY_MS = 86_400_000;

export interface Stickiness {
  /** Mean daily active by active customers; null where nobody was active. */
  readonly rate: number | null;
  readonly meanDailyActive: number;
  /** Who was active in the window at all: monthly active customers where it is a month. */
  readonly activeCustomers: number;
  /** Days of the window, each 24 hours from its beginning; what is left over at the end counts as one. */
  readonly days: number;
}

/** What an activity must be of; null: anything. Codes, as in paths. */
export interface ActivityOf {
  readonly department: number | null;
  readonly channel: number | null;
}

/** The customers of paths, by number, who did something in the window. */
export function activeCustomers(paths: Paths, { department, channel }: ActivityOf): ReadonlySet<number> {
  const active = new Set<number>();
  for (let customer = 0; customer + 1 < paths.starts.length; customer++) {
    for (let touch = paths.starts[customer] as number; touch < (paths.starts[customer + 1] as number); touch++) {
      if (paths.directions[touch] !== INBOUND) continue;
      if (department !== null && paths.departments[touch] !== department) continue;
      if (channel !== null && paths.channels[touch] !== channel) continue;
      active.add(customer);
      break;
    }
  }
  return active;
}

/** Active is who did something; what was only sent to a customer (OUTBOUND, INTERNAL) makes nobody active. */
export function stickiness(paths: Paths): Stickiness {
  const days = Math.ceil((paths.toMs - paths.fromMs) / DAY_MS);
  let activeCustomers = 0;
  let activeDays = 0;
  for (let customer = 0; customer + 1 < paths.starts.length; customer++) {
    const active = daysActive(paths, paths.starts[customer] as number, paths.starts[customer + 1] as number);
    activeDays += active;
    if (active > 0) activeCustomers++;
  }
  const meanDailyActive = days === 0 ? 0 : activeDays / days;
  return { rate: activeCustomers === 0 ? null : meanDailyActive / activeCustomers, meanDailyActive, activeCustomers, days };
}

function daysActive({ occurredAtMs, directions, fromMs }: Paths, from: number, to: number): number {
  let days = 0;
  let lastDay = -1;
  for (let touch = from; touch < to; touch++) {
    if (directions[touch] !== INBOUND) continue;
    const day = Math.floor(((occurredAtMs[touch] as number) - fromMs) / DAY_MS);
    if (day !== lastDay) days++;
    lastDay = day;
  }
  return days;
}
