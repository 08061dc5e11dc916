import fc from 'fast-check';
import type { JsonObject } from '../../src/kernel/json';
import type { Money } from '../../src/kernel/money';
import type { InteractionKind } from '../../src/kernel/vocabulary';
import type { Fact } from '../../src/measures/fact';

export const DAY_MS = 86_400_000;
export const HOUR_MS = 3_600_000;
/** Thursday 1 January 2026. */
export const START_MS = Date.UTC(2026, 0, 1);

export function day(number: number): number {
  return START_MS + number * DAY_MS;
}

let made = 0;

/** A fact of sales or product, with what the test is about; each call is another message. */
export function aFact(kind: InteractionKind, occurredAtMs: number, properties: JsonObject = {}, parts: Partial<Fact> = {}): Fact {
  made++;
  return {
    interactionId: `i-${made}`,
    messageId: `m-${String(made).padStart(6, '0')}`,
    occurredAtMs,
    kind,
    department: 'SALES',
    channel: 'WEB',
    direction: 'INBOUND',
    sourceId: 1,
    name: kind
      .split('_')
      .map((word) => word[0] + word.slice(1).toLowerCase())
      .join(' '),
    subject: null,
    properties,
    ...parts,
  };
}

export function anOrder(occurredAtMs: number, id: string, total: number | string, currency = 'EUR'): Fact {
  return aFact('ORDER_PLACED', occurredAtMs, { order_id: id, total, currency });
}

export function money(amount: string, currency = 'EUR'): Money {
  return { amount, currency };
}

/** The same facts in another order, some of them twice: as they come when messages are late and repeated. */
export function asTheyCome(facts: readonly Fact[]): fc.Arbitrary<readonly Fact[]> {
  return fc
    .tuple(fc.shuffledSubarray([...facts], { minLength: facts.length }), fc.subarray([...facts]))
    .map(([shuffled, repeated]) => [...shuffled, ...repeated]);
}
