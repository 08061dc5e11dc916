import type { EventSpecRow } from './eventSpec';

/** Segment, "Spec: B2B SaaS". The account is the context's groupId. */
// biome-ignore format: one event a line
export const B2B_SAAS: readonly EventSpecRow[] = [
  [['Account Created', 'Created Account'], 'CUSTOM', 'PRODUCT', 'CONTEXT', 'INBOUND', 'ACCOUNT'],
  [['Account Deleted', 'Deleted Account'], 'CUSTOM', 'PRODUCT', 'CONTEXT', 'INBOUND', 'ACCOUNT'],
  [['Signed Up', 'Sign Up', 'User Signed Up', 'User Registered', 'Registered'], 'SIGNED_UP', 'PRODUCT', 'CONTEXT', 'INBOUND'],
  [['Signed In', 'Sign In', 'User Signed In', 'Logged In', 'Login', 'User Logged In'], 'SIGNED_IN', 'PRODUCT', 'CONTEXT', 'INBOUND'],
  [['Signed Out', 'Sign Out', 'User Signed Out', 'Logged Out', 'Logout', 'User Logged Out'], 'CUSTOM', 'PRODUCT', 'CONTEXT', 'INBOUND'],
  [['Invite Sent', 'Sent Invite', 'Invitation Sent'], 'REFERRAL_MADE', 'PRODUCT', 'CONTEXT', 'INBOUND'],
  [['Account Added User', 'Added User to Account'], 'ACCOUNT_JOINED', 'PRODUCT', 'CONTEXT', 'INTERNAL', 'ACCOUNT'],
  [['Account Removed User', 'Removed User from Account'], 'CUSTOM', 'PRODUCT', 'CONTEXT', 'INTERNAL', 'ACCOUNT'],
  [['Trial Started', 'Started Trial'], 'TRIAL_STARTED', 'PRODUCT', 'CONTEXT', 'INBOUND'],
  [['Trial Ended', 'Ended Trial', 'Trial Expired'], 'TRIAL_ENDED', 'PRODUCT', 'CONTEXT', 'INTERNAL'],
];
