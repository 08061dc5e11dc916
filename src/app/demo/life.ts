import type { Agenda } from './agenda';
import type { Chance } from './chance';
import type { Customer, Device } from './customer';
import type { Voice } from './voice';

export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

/** Numbers that the company gives out in turn. */
export class Numbering {
  private next: number;

  constructor(first: number) {
    this.next = first;
  }

  take(): number {
    return this.next++;
  }
}

/** All that an episode of somebody's life needs: who it is, their voice and luck, the agenda and the company's numbering. */
export interface Life {
  readonly customer: Customer;
  readonly voice: Voice;
  readonly chance: Chance;
  readonly agenda: Agenda;
  readonly orders: Numbering;
  readonly tickets: Numbering;
  /** What the customer has gone through, which colours what comes. */
  readonly mood: { troubles: number; gone: boolean; sawCheckout: boolean };
}

/** The device of the moment: mostly the first. */
export function deviceOf(life: Life): Device {
  const { devices } = life.customer;
  return (life.chance.happens(0.65) ? devices[0] : life.chance.pick(devices)) as Device;
}

/** Some time `days` from now when people are awake where the customer lives. */
export function wakingIn(life: Life, days: number): number {
  const { agenda, chance, customer } = life;
  const dayMs = Math.floor((agenda.nowMs + days * DAY_MS) / DAY_MS) * DAY_MS;
  const hour = 8 + 14 * ((chance.fraction() + chance.fraction()) / 2) - customer.country.utcOffsetHours;
  return Math.max(agenda.nowMs + 10 * MINUTE_MS, dayMs + hour * HOUR_MS);
}

/** Plans acts one after another from now on, about `meanMinutes` apart. */
export function oneAfterAnother({ agenda, chance }: Life, meanMinutes: number): (act: () => void) => void {
  let waitMs = 0;
  return (act) => {
    waitMs += chance.wait(meanMinutes) * MINUTE_MS;
    agenda.in(waitMs, act);
  };
}
