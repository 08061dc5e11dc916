import { theHappening } from './experienceTraffic';

/** Sessions at a time, of which each message is one's. */
const ONLINE = 2_000;
const MOST_EVENTS = 23;
/** Seconds between two messages of a session that lies in the past. */
const STEP_MS = 20_000;
/** Customer n of N does what comes at chance^SKEW = n / N: a fifth of them does two thirds of everything. */
const SKEW = 4;

/** What a session begins with, and goes on with: per thousand. Whoever is left over looks at products. */
const BEGINS: Mix = [
  [250, 'Email Opened'],
  [350, 'Signed In'],
];
const GOES_ON: Mix = [
  [80, 'Searched'],
  [60, 'Product Added'],
  [20, 'Order Completed'],
  [10, 'Ticket Created'],
  [15, 'Ticket Replied'],
  [8, 'Ticket Solved'],
  [2, 'NPS Answered'],
  [3, 'CSAT Answered'],
  [3, 'Payment Failed'],
];

type Mix = readonly (readonly [perThousand: number, event: string])[];

interface Session {
  readonly customer: number;
  readonly beganAtMs: number;
  readonly length: number;
  done: number;
}

/** Messages of a shop's customers who come, look around for twelve messages on average, and sometimes buy or need help; a few customers come often, most seldom. */
export class ShopSessions {
  private readonly seats: Session[];

  /** `beganAtMs`: of a session in the past; null: what is done is done now. */
  constructor(
    private readonly customers: number,
    private readonly chance: () => number,
    private readonly beganAtMs: (() => number) | null,
  ) {
    this.seats = Array.from({ length: ONLINE }, () => this.begin(Math.floor(chance() * MOST_EVENTS)));
  }

  /** The fields of a track message. */
  next(): object {
    const { chance } = this;
    const seat = Math.floor(chance() * ONLINE);
    const session = this.seats[seat] as Session;
    const event = picked(session.done === 0 ? BEGINS : GOES_ON, chance);
    const atMs = this.beganAtMs === null ? Date.now() : session.beganAtMs + session.done * STEP_MS;
    session.done++;
    if (session.done >= session.length) this.seats[seat] = this.begin(0);
    return theHappening(event, session.customer, chance, atMs);
  }

  private begin(done: number): Session {
    const { chance } = this;
    const customer = Math.floor(this.customers * chance() ** SKEW);
    return { customer, beganAtMs: this.beganAtMs?.() ?? 0, length: 1 + Math.floor(chance() * MOST_EVENTS), done };
  }
}

function picked(mix: Mix, chance: () => number): string {
  let left = chance() * 1_000;
  for (const [perThousand, event] of mix) {
    left -= perThousand;
    if (left < 0) return event;
  }
  return 'Product Viewed';
}
