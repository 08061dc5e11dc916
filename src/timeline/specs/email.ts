import type { EventSpecRow } from './eventSpec';

/**
 * Segment, "Spec: Email Events", and Email Sent, which mail tools send before it. Without a kind of their own: a complaint, a mail program that
 * fetches the pictures unread, and a letter that the mail tool kept back.
 */
// biome-ignore format: one event a line
export const EMAIL: readonly EventSpecRow[] = [
  [['Email Sent', 'Sent Email'], 'EMAIL_SENT', 'MARKETING', 'EMAIL', 'OUTBOUND'],
  [['Email Delivered', 'Delivered Email'], 'EMAIL_DELIVERED', 'MARKETING', 'EMAIL', 'OUTBOUND'],
  [['Email Opened', 'Opened Email'], 'EMAIL_OPENED', 'MARKETING', 'EMAIL', 'INBOUND'],
  [['Email Opened By Machine'], 'CUSTOM', 'MARKETING', 'EMAIL', 'INTERNAL'],
  [['Email Link Clicked', 'Email Clicked', 'Clicked Email', 'Clicked Email Link'], 'EMAIL_CLICKED', 'MARKETING', 'EMAIL', 'INBOUND'],
  [['Email Bounced', 'Bounced Email'], 'EMAIL_BOUNCED', 'MARKETING', 'EMAIL', 'OUTBOUND'],
  [['Email Dropped'], 'CUSTOM', 'MARKETING', 'EMAIL', 'INTERNAL'],
  [['Email Marked as Spam', 'Marked Email as Spam'], 'CUSTOM', 'MARKETING', 'EMAIL', 'INBOUND'],
  [['Unsubscribed', 'Email Unsubscribed', 'Unsubscribe'], 'UNSUBSCRIBED', 'MARKETING', 'EMAIL', 'INBOUND'],
];
