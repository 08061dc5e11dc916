import type { EventSpecRow } from './eventSpec';

/** Names in common use that no spec of Segment has, so that a source that speaks Segment reaches every kind. Marketing to product. */
// biome-ignore format: one event a line
export const WELL_KNOWN: readonly EventSpecRow[] = [
  // marketing
  [['Ad Seen', 'Ad Viewed', 'Ad Shown', 'Ad Impression', 'Viewed Ad'], 'AD_SEEN', 'MARKETING', 'CONTEXT', 'OUTBOUND'],
  [['Ad Clicked', 'Clicked Ad', 'Ad Click'], 'AD_CLICKED', 'MARKETING', 'CONTEXT', 'INBOUND'],
  [['Message Sent', 'In-App Message Sent', 'In-App Message Shown'], 'MESSAGE_SENT', 'MARKETING', 'STATED', 'OUTBOUND'],
  [['Message Failed', 'SMS Failed'], 'CUSTOM', 'MARKETING', 'STATED', 'OUTBOUND'],
  [['Message Read'], 'CUSTOM', 'MARKETING', 'STATED', 'INBOUND'],
  [['SMS Sent', 'SMS Delivered', 'Text Message Sent'], 'MESSAGE_SENT', 'MARKETING', 'SMS', 'OUTBOUND'],
  [['WhatsApp Message Sent', 'Messenger Message Sent'], 'MESSAGE_SENT', 'MARKETING', 'MESSENGER', 'OUTBOUND'],
  [['Letter Sent', 'Postcard Sent', 'Catalogue Sent'], 'MESSAGE_SENT', 'MARKETING', 'POSTAL', 'OUTBOUND'],
  [['SMS Unsubscribed'], 'UNSUBSCRIBED', 'MARKETING', 'SMS', 'INBOUND'],
  [['Review Read', 'Review Viewed', 'Reviews Viewed', 'Read Review'], 'REVIEW_READ', 'MARKETING', 'CONTEXT', 'INBOUND'],
  [['Review Posted', 'Review Submitted', 'Review Written', 'Posted Review'], 'REVIEW_POSTED', 'MARKETING', 'STATED', 'INBOUND'],
  [['Referral Made', 'Referral Sent', 'Friend Referred', 'Friend Invited'], 'REFERRAL_MADE', 'MARKETING', 'CONTEXT', 'INBOUND'],
  [['Community Posted', 'Community Post Created', 'Forum Posted', 'Forum Post Created'], 'COMMUNITY_POSTED', 'MARKETING', 'COMMUNITY', 'INBOUND'],
  [['Social Post Published', 'Social Mention', 'Brand Mentioned'], 'COMMUNITY_POSTED', 'MARKETING', 'SOCIAL', 'INBOUND'],
  // discovery
  [['Page Viewed', 'Viewed Page', 'Page View'], 'PAGE_VIEWED', 'SOURCE', 'WEB', 'INBOUND'],
  [['Screen Viewed', 'Viewed Screen', 'Screen View'], 'SCREEN_VIEWED', 'SOURCE', 'MOBILE_APP', 'INBOUND'],
  [['Searched', 'Search Performed', 'Search Submitted', 'Site Searched'], 'SEARCHED', 'SOURCE', 'CONTEXT', 'INBOUND'],
  [['Location Visited', 'Store Visited', 'Branch Visited', 'Shop Visited'], 'LOCATION_VISITED', 'SALES', 'IN_PERSON', 'INBOUND'],
  // sales
  [['Lead Created', 'Lead Captured', 'Lead Generated', 'Lead Submitted'], 'LEAD_CREATED', 'SALES', 'CONTEXT', 'INBOUND'],
  [['Deal Stage Changed', 'Deal Created', 'Deal Moved', 'Deal Won', 'Deal Lost'], 'DEAL_STAGE_CHANGED', 'SALES', 'CONTEXT', 'INTERNAL'],
  [['Opportunity Stage Changed', 'Opportunity Created', 'Opportunity Won', 'Opportunity Lost'], 'DEAL_STAGE_CHANGED', 'SALES', 'CONTEXT', 'INTERNAL'],
  [['Pricing Requested', 'Quote Requested', 'Requested Quote', 'Offer Requested'], 'PRICING_REQUESTED', 'SALES', 'STATED', 'INBOUND'],
  [['Demo Requested', 'Requested Demo', 'Demo Booked'], 'DEMO_REQUESTED', 'SALES', 'STATED', 'INBOUND'],
  [['Appointment Booked', 'Appointment Scheduled', 'Meeting Booked', 'Meeting Scheduled'], 'APPOINTMENT_BOOKED', 'SALES', 'STATED', 'INBOUND'],
  [['Appointment Missed', 'Meeting Missed', 'Invitee No Show'], 'CUSTOM', 'SALES', 'STATED', 'INBOUND'],
  [['Appointment Cancelled', 'Appointment Canceled', 'Meeting Cancelled', 'Meeting Canceled'], 'APPOINTMENT_CANCELLED', 'SALES', 'STATED', 'INBOUND'],
  [['Cart Updated', 'Cart Emptied', 'Added to Cart', 'Removed from Cart'], 'CART_UPDATED', 'SALES', 'CONTEXT', 'INBOUND'],
  [['Order Placed', 'Order Created', 'Purchase', 'Purchased', 'Purchase Completed'], 'ORDER_PLACED', 'SALES', 'CONTEXT', 'INBOUND'],
  [['Order Shipped', 'Order Fulfilled', 'Shipment Sent'], 'CUSTOM', 'SALES', 'POSTAL', 'OUTBOUND'],
  [['Order Delivered', 'Shipment Delivered', 'Package Delivered'], 'ORDER_DELIVERED', 'SALES', 'POSTAL', 'OUTBOUND'],
  [['Payment Made', 'Payment Succeeded', 'Payment Completed', 'Payment Received', 'Invoice Paid', 'Charge Succeeded'], 'PAYMENT_MADE', 'SALES', 'CONTEXT', 'INBOUND'],
  [['Payment Failed', 'Payment Declined', 'Invoice Payment Failed', 'Charge Failed'], 'PAYMENT_FAILED', 'SALES', 'CONTEXT', 'INBOUND'],
  [['Refund Requested', 'Requested Refund', 'Return Requested'], 'REFUND_REQUESTED', 'SALES', 'STATED', 'INBOUND'],
  [['Refund Made', 'Refund Issued', 'Refund Completed', 'Refunded', 'Charge Refunded'], 'REFUND_MADE', 'SALES', 'CONTEXT', 'OUTBOUND'],
  // product
  [['Subscription Started', 'Subscription Created', 'Subscription Activated', 'Subscribed to Plan'], 'SUBSCRIPTION_STARTED', 'PRODUCT', 'CONTEXT', 'INBOUND'],
  [['Subscription Resumed', 'Subscription Reactivated'], 'SUBSCRIPTION_STARTED', 'PRODUCT', 'CONTEXT', 'INBOUND'],
  [['Subscription Renewed', 'Plan Renewed'], 'SUBSCRIPTION_RENEWED', 'PRODUCT', 'CONTEXT', 'INTERNAL'],
  [['Subscription Changed', 'Subscription Updated', 'Subscription Upgraded', 'Subscription Downgraded', 'Subscription Paused'], 'SUBSCRIPTION_CHANGED', 'PRODUCT', 'CONTEXT', 'INBOUND'],
  [['Plan Changed', 'Plan Upgraded', 'Plan Downgraded'], 'SUBSCRIPTION_CHANGED', 'PRODUCT', 'CONTEXT', 'INBOUND'],
  [['Subscription Cancelled', 'Subscription Canceled', 'Subscription Ended', 'Subscription Expired', 'Plan Cancelled', 'Plan Canceled'], 'SUBSCRIPTION_CANCELLED', 'PRODUCT', 'CONTEXT', 'INBOUND'],
  [['Feature Used', 'Used Feature', 'Feature Activated', 'Feature Adopted'], 'FEATURE_USED', 'PRODUCT', 'CONTEXT', 'INBOUND'],
  [['Error Seen', 'Error Shown', 'Error Displayed', 'Error Occurred', 'Error Encountered'], 'ERROR_SEEN', 'PRODUCT', 'CONTEXT', 'OUTBOUND'],
];
