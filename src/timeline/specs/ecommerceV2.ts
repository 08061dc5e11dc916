import type { EventSpecRow } from './eventSpec';

/**
 * Segment, "Spec: V2 Ecommerce Events", with the names that it says they are aliased to (version 1 and Google Analytics
 * Enhanced Ecommerce). Steps for which there is no kind stay CUSTOM in SALES.
 */
// biome-ignore format: one event a line
export const ECOMMERCE_V2: readonly EventSpecRow[] = [
  // browsing
  [['Products Searched', 'Searched Products'], 'SEARCHED', 'SALES', 'CONTEXT', 'INBOUND'],
  [['Product List Viewed', 'Viewed Product Category', 'Viewed Product List'], 'PRODUCT_VIEWED', 'SALES', 'CONTEXT', 'INBOUND'],
  [['Product List Filtered', 'Filtered Product List'], 'SEARCHED', 'SALES', 'CONTEXT', 'INBOUND'],
  // promotions
  [['Promotion Viewed', 'Viewed Promotion'], 'PROMOTION_VIEWED', 'MARKETING', 'CONTEXT', 'OUTBOUND'],
  [['Promotion Clicked', 'Clicked Promotion'], 'PROMOTION_VIEWED', 'MARKETING', 'CONTEXT', 'INBOUND'],
  // core ordering
  [['Product Clicked', 'Clicked Product'], 'PRODUCT_VIEWED', 'SALES', 'CONTEXT', 'INBOUND'],
  [['Product Viewed', 'Viewed Product'], 'PRODUCT_VIEWED', 'SALES', 'CONTEXT', 'INBOUND'],
  [['Product Added', 'Added Product'], 'CART_UPDATED', 'SALES', 'CONTEXT', 'INBOUND'],
  [['Product Removed', 'Removed Product'], 'CART_UPDATED', 'SALES', 'CONTEXT', 'INBOUND'],
  // carries the whole cart: what the customer has in it as of now
  [['Cart Viewed', 'Viewed Cart'], 'CART_UPDATED', 'SALES', 'CONTEXT', 'INBOUND'],
  [['Checkout Started', 'Started Checkout', 'Started Order', 'Order Started'], 'CHECKOUT_STARTED', 'SALES', 'CONTEXT', 'INBOUND'],
  [['Checkout Step Viewed', 'Viewed Checkout Step'], 'CUSTOM', 'SALES', 'CONTEXT', 'INBOUND'],
  [['Checkout Step Completed', 'Completed Checkout Step'], 'CUSTOM', 'SALES', 'CONTEXT', 'INBOUND'],
  [['Payment Info Entered', 'Entered Payment Info'], 'CUSTOM', 'SALES', 'CONTEXT', 'INBOUND'],
  [['Order Completed', 'Completed Order'], 'ORDER_PLACED', 'SALES', 'CONTEXT', 'INBOUND'],
  [['Order Updated', 'Updated Order'], 'CUSTOM', 'SALES', 'CONTEXT', 'INBOUND'],
  [['Order Refunded', 'Refunded Order'], 'REFUND_MADE', 'SALES', 'CONTEXT', 'OUTBOUND'],
  [['Order Cancelled', 'Cancelled Order', 'Order Canceled', 'Canceled Order'], 'ORDER_CANCELLED', 'SALES', 'CONTEXT', 'INBOUND'],
  // coupons
  [['Coupon Entered', 'Entered Coupon'], 'CUSTOM', 'SALES', 'CONTEXT', 'INBOUND'],
  [['Coupon Applied', 'Applied Coupon'], 'CART_UPDATED', 'SALES', 'CONTEXT', 'INBOUND'],
  [['Coupon Denied', 'Denied Coupon'], 'CUSTOM', 'SALES', 'CONTEXT', 'OUTBOUND'],
  [['Coupon Removed', 'Removed Coupon'], 'CART_UPDATED', 'SALES', 'CONTEXT', 'INBOUND'],
  // wishlisting
  [['Product Added to Wishlist', 'Added Product to Wishlist'], 'CUSTOM', 'SALES', 'CONTEXT', 'INBOUND'],
  [['Product Removed from Wishlist', 'Removed Product from Wishlist'], 'CUSTOM', 'SALES', 'CONTEXT', 'INBOUND'],
  [['Wishlist Product Added to Cart', 'Added Wishlist Product to Cart'], 'CART_UPDATED', 'SALES', 'CONTEXT', 'INBOUND'],
  // sharing
  [['Product Shared', 'Shared Product'], 'REFERRAL_MADE', 'MARKETING', 'CONTEXT', 'INBOUND'],
  [['Cart Shared', 'Shared Cart'], 'REFERRAL_MADE', 'MARKETING', 'CONTEXT', 'INBOUND'],
  // reviewing
  [['Product Reviewed', 'Reviewed Product'], 'REVIEW_POSTED', 'MARKETING', 'CONTEXT', 'INBOUND'],
];
