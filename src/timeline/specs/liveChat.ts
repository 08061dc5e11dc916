import type { EventSpecRow } from './eventSpec';

/** Segment, "Spec: Live Chat Events". Sent and received are seen from the customer: sent is what the customer wrote. */
// biome-ignore format: one event a line
export const LIVE_CHAT: readonly EventSpecRow[] = [
  [['Live Chat Conversation Started', 'Live Chat Started'], 'CONVERSATION_OPENED', 'SUPPORT', 'CHAT', 'INBOUND'],
  [['Live Chat Message Sent'], 'CONVERSATION_REPLIED', 'SUPPORT', 'CHAT', 'INBOUND'],
  [['Live Chat Message Received'], 'CONVERSATION_REPLIED', 'SUPPORT', 'CHAT', 'OUTBOUND'],
  [['Live Chat Conversation Ended', 'Live Chat Ended'], 'CONVERSATION_CLOSED', 'SUPPORT', 'CHAT', 'INTERNAL'],
];
