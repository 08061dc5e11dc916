import { eventKey } from '../timeline/eventSpecs';
import type { Fact } from './fact';
import { idOf, subjectIdOf } from './factProperties';

/** Whether a fact says something of an order, its placing and its refunds included. */
export function isAboutOrders(fact: Fact): boolean {
  return fact.kind.startsWith('ORDER_') || fact.kind.startsWith('REFUND_') || isUpdate(fact);
}

/** Segment's event for an order that was changed; it has no kind of its own. */
function isUpdate({ kind, name }: Fact): boolean {
  return kind === 'CUSTOM' && ['orderupdated', 'updatedorder'].includes(eventKey(name));
}

export function isPlacing(fact: Fact): boolean {
  return fact.kind === 'ORDER_PLACED' || isUpdate(fact);
}

/** Checkouts that became orders: some messages know the one number only. */
export function checkoutAliases(facts: readonly Fact[]): ReadonlyMap<string, string> {
  const aliases = new Map<string, string>();
  for (const fact of facts) {
    const [checkout, order] = [checkoutIdOf(fact), ownOrderIdOf(fact)];
    if (checkout !== null && order !== null) aliases.set(checkout, order);
  }
  return aliases;
}

/** The order's number, else that of the checkout that became it; null where a fact names neither. */
export function orderIdOf(fact: Fact, aliases: ReadonlyMap<string, string>): string | null {
  const own = ownOrderIdOf(fact);
  const checkout = checkoutIdOf(fact);
  return own ?? (checkout === null ? null : (aliases.get(checkout) ?? checkout));
}

function ownOrderIdOf(fact: Fact): string | null {
  return idOf(fact.properties, 'order_id', 'orderId') ?? subjectIdOf(fact, 'order');
}

function checkoutIdOf(fact: Fact): string | null {
  return idOf(fact.properties, 'checkout_id', 'checkoutId') ?? subjectIdOf(fact, 'checkout');
}
