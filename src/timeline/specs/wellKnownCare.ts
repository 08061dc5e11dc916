import type { EventSpecRow } from './eventSpec';

/** Support, feedback and lifecycle names in common use; the words of Zendesk, Intercom, Salesforce and telephone systems. */
// biome-ignore format: one event a line
export const WELL_KNOWN_CARE: readonly EventSpecRow[] = [
  // conversations
  [['Conversation Opened', 'Conversation Started', 'Conversation Created', 'Case Opened', 'Case Created'], 'CONVERSATION_OPENED', 'SUPPORT', 'STATED', 'INBOUND'],
  [['Ticket Created', 'Ticket Opened', 'Support Ticket Created', 'Support Ticket Opened'], 'CONVERSATION_OPENED', 'SUPPORT', 'STATED', 'INBOUND'],
  [['Chat Started', 'Chat Opened'], 'CONVERSATION_OPENED', 'SUPPORT', 'CHAT', 'INBOUND'],
  [['Conversation Replied', 'Ticket Replied', 'Ticket Commented', 'Ticket Comment Added', 'Case Replied', 'Case Comment Added'], 'CONVERSATION_REPLIED', 'SUPPORT', 'STATED', 'INBOUND'],
  [['Conversation Assigned', 'Ticket Assigned', 'Case Assigned', 'Chat Assigned'], 'CONVERSATION_ASSIGNED', 'SUPPORT', 'STATED', 'INTERNAL'],
  [['Conversation Escalated', 'Ticket Escalated', 'Case Escalated', 'Chat Escalated'], 'CONVERSATION_ESCALATED', 'SUPPORT', 'STATED', 'INTERNAL'],
  [['Conversation On Hold', 'Conversation Put On Hold', 'Conversation Snoozed'], 'CONVERSATION_ON_HOLD', 'SUPPORT', 'STATED', 'INTERNAL'],
  [['Ticket On Hold', 'Ticket Put On Hold', 'Case On Hold', 'Case Put On Hold'], 'CONVERSATION_ON_HOLD', 'SUPPORT', 'STATED', 'INTERNAL'],
  // waits for the customer; `status` among the properties says so
  [['Ticket Pending', 'Conversation Pending', 'Case Pending'], 'CONVERSATION_ON_HOLD', 'SUPPORT', 'STATED', 'INTERNAL'],
  [['Ticket Updated', 'Ticket Status Changed', 'Ticket Merged', 'Conversation Updated', 'Conversation Status Changed'], 'CUSTOM', 'SUPPORT', 'STATED', 'INTERNAL'],
  [['Conversation Solved', 'Conversation Resolved', 'Case Solved', 'Case Resolved'], 'CONVERSATION_SOLVED', 'SUPPORT', 'STATED', 'OUTBOUND'],
  [['Ticket Solved', 'Ticket Resolved', 'Support Ticket Solved', 'Support Ticket Resolved'], 'CONVERSATION_SOLVED', 'SUPPORT', 'STATED', 'OUTBOUND'],
  [['Conversation Reopened', 'Ticket Reopened', 'Support Ticket Reopened', 'Case Reopened'], 'CONVERSATION_REOPENED', 'SUPPORT', 'STATED', 'INBOUND'],
  [['Conversation Closed', 'Conversation Ended', 'Ticket Closed', 'Support Ticket Closed', 'Case Closed'], 'CONVERSATION_CLOSED', 'SUPPORT', 'STATED', 'INTERNAL'],
  [['Chat Ended', 'Chat Closed'], 'CONVERSATION_CLOSED', 'SUPPORT', 'CHAT', 'INTERNAL'],
  // calls
  [['Call Started', 'Call Received', 'Call Answered', 'Phone Call Started'], 'CALL_STARTED', 'SUPPORT', 'PHONE', 'INBOUND'],
  [['Call Placed', 'Outbound Call Started'], 'CALL_STARTED', 'SUPPORT', 'PHONE', 'OUTBOUND'],
  [['Call Ended', 'Call Completed', 'Phone Call Ended', 'Phone Call Completed'], 'CALL_ENDED', 'SUPPORT', 'PHONE', 'INBOUND'],
  [['Call Abandoned', 'Call Missed', 'Missed Call', 'Phone Call Abandoned'], 'CALL_ABANDONED', 'SUPPORT', 'PHONE', 'INBOUND'],
  // self-service
  [['Bot Replied', 'Bot Reply Sent', 'Bot Message Sent', 'Chatbot Replied'], 'BOT_REPLIED', 'SUPPORT', 'CHAT', 'OUTBOUND'],
  [['Bot Handed Off', 'Bot Handoff', 'Chatbot Handed Off', 'Bot Escalated'], 'BOT_HANDED_OFF', 'SUPPORT', 'CHAT', 'INTERNAL'],
  [['Article Viewed', 'Help Article Viewed', 'Viewed Article', 'Knowledge Base Article Viewed', 'FAQ Viewed'], 'ARTICLE_VIEWED', 'SUPPORT', 'CONTEXT', 'INBOUND'],
  // feedback: of the department whose source asked
  [['Survey Sent', 'Survey Shown', 'NPS Survey Sent', 'CSAT Survey Sent', 'CES Survey Sent'], 'SURVEY_SENT', 'SOURCE', 'STATED', 'OUTBOUND'],
  [['Survey Answered', 'Survey Completed', 'Survey Submitted', 'Survey Response Received'], 'SURVEY_ANSWERED', 'SOURCE', 'STATED', 'INBOUND'],
  [['Ticket Rated', 'Conversation Rated', 'Chat Rated', 'Case Rated'], 'SURVEY_ANSWERED', 'SUPPORT', 'STATED', 'INBOUND'],
  [['NPS Answered', 'NPS Submitted', 'NPS Survey Answered', 'NPS Survey Completed'], 'SURVEY_ANSWERED', 'SOURCE', 'STATED', 'INBOUND'],
  [['CSAT Answered', 'CSAT Submitted', 'CSAT Survey Answered', 'CSAT Survey Completed'], 'SURVEY_ANSWERED', 'SOURCE', 'STATED', 'INBOUND'],
  [['CES Answered', 'CES Submitted', 'CES Survey Answered', 'CES Survey Completed'], 'SURVEY_ANSWERED', 'SOURCE', 'STATED', 'INBOUND'],
  [['Feedback Given', 'Feedback Submitted', 'Feedback Received', 'Complaint Made', 'Complaint Submitted'], 'FEEDBACK_GIVEN', 'SOURCE', 'STATED', 'INBOUND'],
  [['Employee Feedback Given', 'Employee Feedback Submitted', 'Internal Rating Given'], 'EMPLOYEE_FEEDBACK_GIVEN', 'SOURCE', 'STATED', 'INTERNAL'],
  // lifecycle; "Audience Entered" and "Audience Exited" are what Segment Engage sends
  [['Account Joined', 'Joined Account', 'Team Joined'], 'ACCOUNT_JOINED', 'SOURCE', 'CONTEXT', 'INTERNAL', 'ACCOUNT'],
  [['Consent Changed', 'Consent Given', 'Consent Granted', 'Consent Updated', 'Consent Withdrawn', 'Consent Revoked'], 'CONSENT_CHANGED', 'SOURCE', 'CONTEXT', 'INBOUND'],
  [['Segment Consent Preference Updated', 'Segment Consent Preference'], 'CONSENT_CHANGED', 'SOURCE', 'CONTEXT', 'INBOUND'],
  [['Segment Entered', 'Audience Entered', 'Entered Segment'], 'SEGMENT_ENTERED', 'MARKETING', 'CONTEXT', 'INTERNAL'],
  [['Segment Left', 'Segment Exited', 'Audience Exited', 'Left Segment'], 'SEGMENT_LEFT', 'MARKETING', 'CONTEXT', 'INTERNAL'],
];
