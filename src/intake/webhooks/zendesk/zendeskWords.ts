import type { TicketStatus } from '../ticketStatus';

const STATUSES: Readonly<Record<string, TicketStatus>> = {
  new: 'new',
  open: 'open',
  pending: 'pending',
  hold: 'hold',
  'on-hold': 'hold',
  solved: 'solved',
  closed: 'closed',
};

/** A status as events (`SOLVED`) and placeholders (`Solved`, `On-hold`) write it; null for what is none that a customer notices. */
export function zendeskStatus(word: string | null): TicketStatus | null {
  const key = word?.toLowerCase().replace(/\s+/g, '-') ?? '';
  return Object.hasOwn(STATUSES, key) ? (STATUSES[key] as TicketStatus) : null;
}

/** Zendesk's words for a ticket's channel where they differ from everybody's. */
const CHANNELS: Readonly<Record<string, string>> = {
  web_service: 'api',
  'web_service_(api)': 'api',
  rule: 'other',
  system: 'other',
  voice: 'phone',
  any_channel: 'other',
  'phone_call_(inbound)': 'phone',
  'phone_call_(outbound)': 'phone',
  web_form: 'web',
  native_messaging: 'messenger',
  chat_transcript: 'chat',
};

/** The channel of `via.channel` or of `{{ticket.via}}`. */
export function zendeskChannel(via: string | null): string | undefined {
  const key = via?.toLowerCase().replace(/\s+/g, '_') ?? '';
  return Object.hasOwn(CHANNELS, key) ? CHANNELS[key] : via?.toLowerCase();
}
