/**
 * Identifier types that number no person but a record of theirs: a cart, an order, a charge, a deal, a case. What comes later about the record alone
 * (a refund, a dispute, a cart's change) finds its customer by it. A customer has any number of them, so they have a limit of their own and are weaker
 * than all that names somebody; a record that is given to somebody else is theirs. In
 * the order of their names, by which types of one rank are told apart.
 */
export const RECORD_TYPES: readonly string[] = [
  'hubspot.deal_id',
  'salesforce.case_id',
  'salesforce.opportunity_id',
  'shopify.cart_token',
  'shopify.checkout_token',
  'shopify.order_id',
  'stripe.charge_id',
];

export const RECORDS_PER_PROFILE = 1_000;
