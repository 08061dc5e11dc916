import { INTERACTION_KINDS, type InteractionKind } from '../../kernel/vocabulary';

/** The stages of a customer journey, in their usual order. */
export const STAGES = ['DISCOVERY', 'CONSIDERATION', 'PURCHASE', 'USE', 'SUPPORT', 'LOYALTY', 'OTHER'] as const;
export type Stage = (typeof STAGES)[number];

/**
 * The stage that a touch belongs to, by its kind. DISCOVERY: comes across the company; CONSIDERATION: looks closer, asks, tries; PURCHASE: from the cart to
 * the delivery, with what is paid and paid back; USE: works with the product, pays for it again; SUPPORT: needs help; LOYALTY: says what it was like, and
 * tells others. OTHER: says nothing about the stage.
 */
const KINDS_OF_STAGES: Readonly<Record<Stage, readonly InteractionKind[]>> = {
  DISCOVERY: [
    ...(['AD_SEEN', 'AD_CLICKED', 'EMAIL_SENT', 'EMAIL_DELIVERED', 'EMAIL_OPENED', 'EMAIL_CLICKED', 'EMAIL_BOUNCED'] as const),
    ...(['MESSAGE_SENT', 'PROMOTION_VIEWED', 'PAGE_VIEWED', 'SCREEN_VIEWED', 'LOCATION_VISITED', 'LEAD_CREATED'] as const),
  ],
  CONSIDERATION: [
    ...(['SEARCHED', 'PRODUCT_VIEWED', 'REVIEW_READ', 'DEAL_STAGE_CHANGED', 'PRICING_REQUESTED', 'DEMO_REQUESTED'] as const),
    ...(['APPOINTMENT_BOOKED', 'APPOINTMENT_CANCELLED', 'SIGNED_UP', 'TRIAL_STARTED', 'TRIAL_ENDED'] as const),
  ],
  PURCHASE: [
    ...(['CART_UPDATED', 'CHECKOUT_STARTED', 'ORDER_PLACED', 'ORDER_DELIVERED', 'ORDER_CANCELLED'] as const),
    ...(['PAYMENT_MADE', 'PAYMENT_FAILED', 'REFUND_REQUESTED', 'REFUND_MADE', 'SUBSCRIPTION_STARTED'] as const),
  ],
  USE: [
    ...(['SIGNED_IN', 'FEATURE_USED', 'APP_OPENED', 'ERROR_SEEN'] as const),
    ...(['SUBSCRIPTION_RENEWED', 'SUBSCRIPTION_CHANGED', 'SUBSCRIPTION_CANCELLED'] as const),
  ],
  SUPPORT: [
    ...(['CONVERSATION_OPENED', 'CONVERSATION_REPLIED', 'CONVERSATION_ASSIGNED', 'CONVERSATION_ESCALATED'] as const),
    ...(['CONVERSATION_ON_HOLD', 'CONVERSATION_SOLVED', 'CONVERSATION_REOPENED', 'CONVERSATION_CLOSED'] as const),
    ...(['CALL_STARTED', 'CALL_ENDED', 'CALL_ABANDONED', 'BOT_REPLIED', 'BOT_HANDED_OFF', 'ARTICLE_VIEWED'] as const),
  ],
  LOYALTY: [
    ...(['REVIEW_POSTED', 'REFERRAL_MADE', 'COMMUNITY_POSTED'] as const),
    ...(['SURVEY_SENT', 'SURVEY_ANSWERED', 'FEEDBACK_GIVEN', 'EMPLOYEE_FEEDBACK_GIVEN'] as const),
  ],
  OTHER: ['CUSTOM', 'UNSUBSCRIBED', 'IDENTIFIED', 'ACCOUNT_JOINED', 'CONSENT_CHANGED', 'SEGMENT_ENTERED', 'SEGMENT_LEFT'],
};

/** Index of the stage by index of the kind. */
export const STAGE_OF_KIND: Uint8Array = Uint8Array.from(INTERACTION_KINDS, (kind) =>
  STAGES.findIndex((stage) => KINDS_OF_STAGES[stage].includes(kind)),
);
