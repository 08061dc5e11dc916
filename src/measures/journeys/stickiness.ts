import type { PeriodActivity } from './periodActivity';

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

/** The days of a window, as `PeriodActivity` takes them; at most `most`, then undefined. */
export function daysOf(fromMs: number, toMs: number, most: number): Float64Array | undefined {
  const days = Math.ceil((toMs - fromMs) / DAY_MS);
  return days > most ? undefined : Float64Array.from({ length: days + 1 }, (_, day) => fromMs + day * DAY_MS);
}

/** From activity by day. */
export function stickiness(activity: PeriodActivity): Stickiness {
  const days = activity.periods;
  let activeCustomers = 0;
  let activeDays = 0;
  for (let customer = 0; customer < activity.size; customer++) {
    let active = 0;
    for (let day = 0; day < days; day++) if (activity.isActive(customer, day)) active++;
    activeDays += active;
    if (active > 0) activeCustomers++;
  }
  const meanDailyActive = activeDays / days;
  return { rate: activeCustomers === 0 ? null : meanDailyActive / activeCustomers, meanDailyActive, activeCustomers, days };
}
