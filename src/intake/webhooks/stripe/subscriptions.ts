import type { JsonObject } from '../../../kernel/json';
import { messageIdOf } from '../messageName';
import { known, objectIn, objectsIn, textIn, timeIn } from '../payload';
import { contextOf } from '../personOn';
import type { VendorMessage } from '../webhookVendor';
import { itemsOf, planOf } from './plan';
import { idIn, type StripeEvent } from './stripeEvent';

/** Not there yet: the first payment is still to be made. */
const NOT_STARTED = new Set(['incomplete', 'incomplete_expired']);

interface Step {
  readonly event: string;
  readonly properties?: JsonObject;
}

/** customer.subscription.created. One that waits for its first payment starts with the update that makes it active. */
export function readSubscriptionCreated(event: StripeEvent): readonly VendorMessage[] {
  const status = textIn(event.object, 'status') ?? '';
  return NOT_STARTED.has(status) ? [] : asMessages(event, started(event.object));
}

/** customer.subscription.updated: what changed says what happened. A new billing period comes as invoice.paid, a failed payment as invoice.payment_failed. */
export function readSubscriptionUpdated(event: StripeEvent): readonly VendorMessage[] {
  const { object, before } = event;
  const previous = textIn(before, 'status');
  const status = textIn(object, 'status') ?? '';
  if (previous === 'incomplete' && (status === 'active' || status === 'trialing')) return asMessages(event, started(object));
  const steps: Step[] = [];
  if (previous === 'trialing' && status !== 'canceled' && status !== 'paused') steps.push(trialEnded('converted'));
  if ('items' in before || 'plan' in before || 'quantity' in before)
    steps.push({ event: 'Subscription Updated', properties: planBefore(before) });
  if ('pause_collection' in before) steps.push({ event: object['pause_collection'] ? 'Subscription Paused' : 'Subscription Resumed' });
  if ('cancel_at_period_end' in before) steps.push(cancellation(object));
  return asMessages(event, steps);
}

/** customer.subscription.deleted: it has ended. */
export function readSubscriptionDeleted(event: StripeEvent): readonly VendorMessage[] {
  const { object } = event;
  const trialEndsAt = timeIn(object, 'trial_end');
  const endedAt = timeIn(object, 'ended_at') ?? event.createdAt;
  const steps: Step[] = [{ event: 'Subscription Cancelled', properties: reasonsOf(object) }];
  if (trialEndsAt !== null && endedAt <= trialEndsAt) steps.push(trialEnded('cancelled'));
  return asMessages(event, steps);
}

/** customer.subscription.paused (its trial ended without a way to pay), …resumed, …trial_will_end (three days before). */
export const readSubscriptionPaused = (event: StripeEvent) => asMessages(event, [{ event: 'Subscription Paused' }]);
export const readSubscriptionResumed = (event: StripeEvent) => asMessages(event, [{ event: 'Subscription Resumed' }]);
export const readTrialWillEnd = (event: StripeEvent) => asMessages(event, [{ event: 'Trial Will End' }]);

function started(subscription: JsonObject): readonly Step[] {
  const start: Step = { event: 'Subscription Started' };
  return textIn(subscription, 'status') === 'trialing' ? [start, { event: 'Trial Started' }] : [start];
}

function trialEnded(outcome: 'converted' | 'cancelled'): Step {
  return { event: 'Trial Ended', properties: { outcome } };
}

function cancellation(subscription: JsonObject): Step {
  if (subscription['cancel_at_period_end'] !== true) return { event: 'Subscription Cancellation Withdrawn' };
  const cancelAt = timeIn(subscription, 'cancel_at');
  return { event: 'Subscription Cancellation Scheduled', properties: known({ ...reasonsOf(subscription), cancel_at: cancelAt }) };
}

function reasonsOf(subscription: JsonObject): JsonObject {
  const details = objectIn(subscription, 'cancellation_details');
  return known({ reason: textIn(details, 'feedback', 'reason'), comment: textIn(details, 'comment') });
}

function planBefore(before: JsonObject): JsonObject {
  const items = objectsIn(before, ['items', 'data']);
  const { plan, price, quantity } = planOf(items.length > 0 ? items : itemsOf(before));
  return known({ previous_plan: plan, previous_price: price, previous_quantity: before['quantity'] ?? quantity });
}

/** One message a step; the first has the event's own id. */
function asMessages({ id, createdAt, object }: StripeEvent, steps: readonly Step[]): readonly VendorMessage[] {
  const subscription = known({
    subscription_id: idIn(object, 'id'),
    ...planOf(itemsOf(object)),
    status: textIn(object, 'status'),
    trial_ends_at: timeIn(object, 'trial_end'),
  });
  const context = contextOf({ ids: [['stripe.customer_id', idIn(object, 'customer')]] });
  return steps.map(({ event, properties = {} }, index) => ({
    type: 'track',
    messageId: index === 0 ? messageIdOf(id) : messageIdOf(id, event),
    timestamp: createdAt,
    event,
    properties: { ...subscription, ...properties },
    context,
  }));
}
