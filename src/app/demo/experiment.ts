import type { Device } from './customer';
import type { Life } from './life';

/** Two checkouts, tried on every other customer: fewer leave the one that is a single page. */
const VARIATIONS = [
  { variation_id: 'three-steps', variation_name: 'Three steps', leave: 0.14 },
  { variation_id: 'one-page', variation_name: 'One page', leave: 0.04 },
] as const;

/** Shows the customer their checkout, always the same one, and answers how likely it is left without an order. */
export function showCheckout(life: Life, device: Device): number {
  const { voice, customer, mood } = life;
  const { leave, ...variation } = VARIATIONS[Number(customer.key) % 2] as (typeof VARIATIONS)[number];
  if (!mood.sawCheckout) voice.shop(device, 'Experiment Viewed', { experiment_id: 'checkout', experiment_name: 'Checkout', ...variation });
  mood.sawCheckout = true;
  return leave;
}
