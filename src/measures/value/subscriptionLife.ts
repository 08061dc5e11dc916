import type { Subscription } from '../subscription';
import type { SubscriptionLife } from './shiftedBetaGeometric';

/** A period of the subscription model: a month of the Gregorian mean, in milliseconds. */
export const PERIOD_MS = (365.2425 / 12) * 86_400_000;

/**
 * The lives of subscriptions as of `nowMs`, in months; one that was resumed has several. What ends in its first month has lived one. A life of
 * which only the end is known is left out.
 */
export function subscriptionLivesOf(subscriptions: readonly Pick<Subscription, 'spans'>[], nowMs: number): readonly SubscriptionLife[] {
  return subscriptions
    .flatMap(({ spans }) => spans)
    .filter(({ fromMs, toMs }) => fromMs <= nowMs && fromMs !== toMs)
    .map(({ fromMs, toMs }) => {
      const ended = toMs !== null && toMs <= nowMs;
      const lastedMs = (ended ? toMs : nowMs) - fromMs;
      return { periods: ended ? Math.max(1, Math.ceil(lastedMs / PERIOD_MS)) : Math.floor(lastedMs / PERIOD_MS), ended };
    });
}
