import type { Agenda } from './agenda';
import type { DemoMessage } from './demoMessage';
import { DAY_MS, HOUR_MS, MINUTE_MS } from './life';
import { tellAda } from './starAda';
import { tellAlan } from './starAlan';
import { tellAlvarez } from './starAlvarez';
import { tellGrace } from './starGrace';
import { tellRosalind } from './starRosalind';
import { tellYui } from './starYui';

export type Hear = (message: DemoMessage) => void;

/** Plans one moment of a story: so many days before now, at a time of day (UTC, "14:05"). */
export type When = (daysAgo: number, time: string, act: () => void) => void;

/** The customers that the README and the example queries name: their stories are written by hand and the same under every seed. */
export function tellStars(agenda: Agenda, nowMs: number, hear: Hear): void {
  const midnightMs = Math.floor(nowMs / DAY_MS) * DAY_MS;
  const when: When = (daysAgo, time, act) => {
    const [hours, minutes] = time.split(':').map(Number) as [number, number];
    agenda.at(midnightMs - daysAgo * DAY_MS + hours * HOUR_MS + minutes * MINUTE_MS, act);
  };
  for (const tell of [tellAda, tellGrace, tellAlvarez, tellYui, tellAlan, tellRosalind]) tell(when, agenda, hear);
}
