import { Agenda } from './agenda';
import { Chance } from './chance';
import { courtAccount } from './deals';
import type { DemoMessage } from './demoMessage';
import { DAY_MS, type Life, Numbering } from './life';
import { live } from './lives';
import { type Member, populate } from './population';
import { askStaff } from './staff';
import { tellStars } from './stars';
import { Voice } from './voice';

/** Orders and tickets of the stars have lower numbers. */
const FIRST_ORDER = 2_001;
const FIRST_TICKET = 30_001;

/**
 * A year of Harbour Roast, a company that exists nowhere: about 2,000 customers and 60,000 messages of the Segment protocol, in
 * time order, the last not after `nowMs`. The same seed and `nowMs` give the same messages, with the same ids. What is held in
 * memory at a time is the customers and what each has planned next, not the messages.
 */
export function* demoMessages(seed: string, nowMs: number): Generator<DemoMessage, void, undefined> {
  const startMs = nowMs - 365 * DAY_MS;
  const agenda = new Agenda(startMs, nowMs);
  const heard: DemoMessage[] = [];
  const orders = new Numbering(FIRST_ORDER);
  const tickets = new Numbering(FIRST_TICKET);
  const begin = ({ customer, buysForAccount }: Member): void => {
    const voice = new Voice(customer, agenda, (message) => heard.push(message));
    const mood = { troubles: 0, gone: false, sawCheckout: false };
    const life: Life = { customer, voice, chance: new Chance(`${seed}/${customer.key}`), agenda, orders, tickets, mood };
    if (buysForAccount) courtAccount(life);
    else live(life);
  };
  for (const member of populate(new Chance(seed), { startMs, endMs: nowMs })) {
    agenda.at(member.customer.firstVisitAtMs, () => begin(member));
  }
  askStaff(new Chance(`${seed}/staff`), agenda, { startMs, endMs: nowMs }, (message) => heard.push(message));
  tellStars(agenda, nowMs, (message) => heard.push(message));
  while (agenda.step()) {
    yield* heard;
    heard.length = 0;
  }
}
