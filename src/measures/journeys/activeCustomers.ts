import { DIRECTIONS } from '../../kernel/vocabulary';
import type { Paths } from '../touches/paths';

const INBOUND = DIRECTIONS.indexOf('INBOUND');

/** What an activity must be of; null: anything. Codes, as in paths. */
export interface ActivityOf {
  readonly department: number | null;
  readonly channel: number | null;
}

/** The customers of paths, by number, who did something in the window; what was only sent to a customer makes nobody active. */
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
