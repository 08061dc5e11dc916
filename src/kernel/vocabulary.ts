/**
 * The closed vocabularies of the public contract. A value is stored as its index in its list, so the lists
 * are append-only: new values go to the end, and none is ever moved or taken away.
 */
export const DEPARTMENTS = ['MARKETING', 'SALES', 'PRODUCT', 'SUPPORT'] as const;

export const CHANNELS = [
  'WEB', 'MOBILE_APP', 'EMAIL', 'PHONE', 'SMS', 'CHAT', 'MESSENGER', 'SOCIAL', 'COMMUNITY', 'IN_PERSON', 'POSTAL', 'API', 'OTHER',
] as const;

export const DIRECTIONS = ['INBOUND', 'OUTBOUND', 'INTERNAL'] as const;

/** What the customer and the company did at a touchpoint. An unknown event keeps its own name and is CUSTOM. */
export const INTERACTION_KINDS = [
  'CUSTOM',
  // marketing
  'AD_SEEN', 'AD_CLICKED', 'EMAIL_SENT', 'EMAIL_DELIVERED', 'EMAIL_OPENED', 'EMAIL_CLICKED', 'EMAIL_BOUNCED', 'UNSUBSCRIBED',
  'MESSAGE_SENT', 'PROMOTION_VIEWED', 'REVIEW_READ', 'REVIEW_POSTED', 'REFERRAL_MADE', 'COMMUNITY_POSTED',
  // discovery
  'PAGE_VIEWED', 'SCREEN_VIEWED', 'SEARCHED', 'PRODUCT_VIEWED', 'LOCATION_VISITED',
  // sales
  'LEAD_CREATED', 'DEAL_STAGE_CHANGED', 'PRICING_REQUESTED', 'DEMO_REQUESTED', 'APPOINTMENT_BOOKED', 'APPOINTMENT_CANCELLED',
  'CART_UPDATED', 'CHECKOUT_STARTED', 'ORDER_PLACED', 'ORDER_DELIVERED', 'ORDER_CANCELLED', 'PAYMENT_MADE', 'PAYMENT_FAILED',
  'REFUND_REQUESTED', 'REFUND_MADE',
  // product
  'SIGNED_UP', 'SIGNED_IN', 'TRIAL_STARTED', 'TRIAL_ENDED', 'SUBSCRIPTION_STARTED', 'SUBSCRIPTION_RENEWED',
  'SUBSCRIPTION_CHANGED', 'SUBSCRIPTION_CANCELLED', 'FEATURE_USED', 'APP_OPENED', 'ERROR_SEEN',
  // support
  'CONVERSATION_OPENED', 'CONVERSATION_REPLIED', 'CONVERSATION_ASSIGNED', 'CONVERSATION_ESCALATED', 'CONVERSATION_ON_HOLD',
  'CONVERSATION_SOLVED', 'CONVERSATION_REOPENED', 'CONVERSATION_CLOSED', 'CALL_STARTED', 'CALL_ENDED', 'CALL_ABANDONED',
  'BOT_REPLIED', 'BOT_HANDED_OFF', 'ARTICLE_VIEWED',
  // feedback
  'SURVEY_SENT', 'SURVEY_ANSWERED', 'FEEDBACK_GIVEN', 'EMPLOYEE_FEEDBACK_GIVEN',
  // identity and lifecycle
  'IDENTIFIED', 'ACCOUNT_JOINED', 'CONSENT_CHANGED', 'SEGMENT_ENTERED', 'SEGMENT_LEFT',
] as const;

export type Department = (typeof DEPARTMENTS)[number];
export type Channel = (typeof CHANNELS)[number];
export type Direction = (typeof DIRECTIONS)[number];
export type InteractionKind = (typeof INTERACTION_KINDS)[number];

/** What an API key may be given. */
export const SCOPES = [
  'profiles:read', 'pii:read', 'profiles:write', 'segments:read', 'segments:write', 'reports:read', 'privacy:write', 'admin',
] as const;
export type Scope = (typeof SCOPES)[number];
