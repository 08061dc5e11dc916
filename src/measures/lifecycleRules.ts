import type { InteractionKind } from '../kernel/vocabulary';
import { DEFAULT_SILENCE_RULES, type SilenceRules } from './value/customerSpans';

/** What makes which stage of a lifecycle; a workspace may have its own. */
export interface LifecycleRules {
  /** Any of these says who somebody is: AWARE, no more ANONYMOUS. */
  readonly awareKinds: readonly InteractionKind[];
  /** Any of these makes somebody CONSIDERING, for so many days. */
  readonly consideringKinds: readonly InteractionKind[];
  readonly consideringDays: number;
  /** How long a TRIAL lasts of which nobody says when it ends. */
  readonly trialDays: number;
  /** A CUSTOMER is LOYAL from so many orders on, or with a subscription that has run for so many days. */
  readonly loyalOrders: number;
  readonly loyalSubscriptionDays: number;
  /** AT_RISK is who has kept silent for this share of the silence after which a customer is CHURNED. A failed payment of a subscriber is, too. */
  readonly atRiskShare: number;
  readonly silence: SilenceRules;
}

export const DEFAULT_LIFECYCLE_RULES: LifecycleRules = {
  awareKinds: [
    'IDENTIFIED',
    'SIGNED_UP',
    'SIGNED_IN',
    'ACCOUNT_JOINED',
    'LEAD_CREATED',
    'EMAIL_DELIVERED',
    'EMAIL_OPENED',
    'EMAIL_CLICKED',
    'CONSENT_CHANGED',
    'CONVERSATION_OPENED',
    'CALL_STARTED',
    'SURVEY_ANSWERED',
    'FEEDBACK_GIVEN',
    'REVIEW_POSTED',
    'REFERRAL_MADE',
    'COMMUNITY_POSTED',
  ],
  consideringKinds: [
    'PRICING_REQUESTED',
    'DEMO_REQUESTED',
    'APPOINTMENT_BOOKED',
    'DEAL_STAGE_CHANGED',
    'CART_UPDATED',
    'CHECKOUT_STARTED',
    'TRIAL_ENDED',
  ],
  consideringDays: 30,
  trialDays: 30,
  loyalOrders: 3,
  loyalSubscriptionDays: 365,
  atRiskShare: 2 / 3,
  silence: DEFAULT_SILENCE_RULES,
};
