import { registerEnumType } from 'type-graphql';
import type { ConversationStatus } from '../../measures/conversationLife';
import type { FrictionKind, Severity } from '../../measures/friction/signal';
import type { LifecycleStage } from '../../measures/lifecycle';

/** Each value stands for itself; the type sees to it that none is left out. */
export const ConversationStatusEnum: { readonly [Key in ConversationStatus]: Key } = {
  OPEN: 'OPEN',
  PENDING: 'PENDING',
  ON_HOLD: 'ON_HOLD',
  SOLVED: 'SOLVED',
  CLOSED: 'CLOSED',
};
registerEnumType(ConversationStatusEnum, { name: 'ConversationStatus' });

export const LifecycleStageEnum: { readonly [Key in LifecycleStage]: Key } = {
  ANONYMOUS: 'ANONYMOUS',
  AWARE: 'AWARE',
  CONSIDERING: 'CONSIDERING',
  TRIAL: 'TRIAL',
  CUSTOMER: 'CUSTOMER',
  LOYAL: 'LOYAL',
  AT_RISK: 'AT_RISK',
  CHURNED: 'CHURNED',
};
registerEnumType(LifecycleStageEnum, { name: 'LifecycleStage' });

export const SeverityEnum: { readonly [Key in Severity]: Key } = { LOW: 'LOW', MEDIUM: 'MEDIUM', HIGH: 'HIGH' };
registerEnumType(SeverityEnum, { name: 'Severity' });

export const FrictionKindEnum: { readonly [Key in FrictionKind]: Key } = {
  LONG_WAIT: 'LONG_WAIT',
  REPEATED_CONTACT: 'REPEATED_CONTACT',
  REPEATED_INFORMATION: 'REPEATED_INFORMATION',
  UNRESOLVED: 'UNRESOLVED',
  REOPENED: 'REOPENED',
  BOT_LOOP: 'BOT_LOOP',
  CHANNEL_SWITCH: 'CHANNEL_SWITCH',
  NEGATIVE_SENTIMENT: 'NEGATIVE_SENTIMENT',
  IMPERSONAL: 'IMPERSONAL',
  RUDE_AGENT: 'RUDE_AGENT',
  FAILED_PAYMENT: 'FAILED_PAYMENT',
  ERROR_STREAK: 'ERROR_STREAK',
  ABANDONED_CART: 'ABANDONED_CART',
  ABANDONED_CALL: 'ABANDONED_CALL',
  IGNORED_FEEDBACK: 'IGNORED_FEEDBACK',
};
registerEnumType(FrictionKindEnum, { name: 'FrictionKind' });
