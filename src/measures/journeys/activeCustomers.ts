import { DIRECTIONS } from '../../kernel/vocabulary';
import type { CustomerIndex } from '../touches/customerIndex';
import { rowsWithin, type Window } from '../touches/joinChunks';
import { PROFILE_BYTES } from '../touches/profileNumbers';
import type { TouchColumns } from '../touches/touchColumns';

const INBOUND = DIRECTIONS.indexOf('INBOUND');

/** What an activity must be of; null: anything. Codes, as in columns. */
export interface ActivityOf {
  readonly department: number | null;
  readonly channel: number | null;
}

/**
 * Who did something in a window, gathered from chunk after chunk in any order; what was only sent to a customer makes nobody active.
 */
export class ActiveCustomers {
  /** How many they are. */
  count = 0;
  /** By customer. */
  private readonly active: Uint8Array;

  constructor(
    private readonly customers: CustomerIndex,
    private readonly window: Window,
    private readonly of: ActivityOf,
  ) {
    this.active = new Uint8Array(customers.size);
  }

  add(columns: TouchColumns): void {
    const { identifierIds, directions, departments, channels } = columns;
    const { department, channel } = this.of;
    const halves = new Int32Array(identifierIds.buffer, identifierIds.byteOffset, 2 * identifierIds.length);
    const [from, to] = rowsWithin(columns, this.window);
    for (let row = from; row < to; row++) {
      if (directions[row] !== INBOUND) continue;
      if (department !== null && departments[row] !== department) continue;
      if (channel !== null && channels[row] !== channel) continue;
      this.note(this.customers.customerOf(halves[2 * row] as number, halves[2 * row + 1] as number));
    }
  }

  /** How many of these profiles, 16 bytes each, are among them; each counts once however often it is named. */
  among(profileIds: Buffer): number {
    const counted = new Uint8Array(this.active.length);
    let count = 0;
    for (let at = 0; at < profileIds.length; at += PROFILE_BYTES) {
      const customer = this.customers.customerOfProfile(profileIds, at);
      if (customer < 0 || this.active[customer] === 0 || counted[customer] === 1) continue;
      counted[customer] = 1;
      count++;
    }
    return count;
  }

  private note(customer: number): void {
    if (customer < 0 || this.active[customer] === 1) return;
    this.active[customer] = 1;
    this.count++;
  }
}
