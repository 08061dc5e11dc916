import { CHANNELS, DEPARTMENTS } from '../../kernel/vocabulary';
import type { EvaluatedConversation } from '../../measures/evaluation';
import { timesText } from '../arrayText';
import { bool, integer, milliseconds, replaceRows, smallint, text, textual, time } from './replaceRows';

type Times = EvaluatedConversation['times'];

const calendar = (name: string, clocks: (times: Times) => Times['firstReply']) =>
  milliseconds<EvaluatedConversation>(name, ({ times }) => clocks(times)?.calendarMs ?? null);
const business = (name: string, clocks: (times: Times) => Times['firstReply']) =>
  milliseconds<EvaluatedConversation>(name, ({ times }) => clocks(times)?.businessMs ?? null);
/** What is still running would be another one a moment later. */
const whenOver = (clocks: (row: EvaluatedConversation) => number) => (row: EvaluatedConversation) => (row.isOver ? clocks(row) : null);

/** Grain: one row a profile and conversation. */
export const replaceConversations = replaceRows<EvaluatedConversation>('conversation', 'conversation_key', [
  text('conversation_key', ({ conversation }) => conversation.key),
  smallint('department', ({ conversation }) => DEPARTMENTS.indexOf(conversation.department)),
  smallint('channel', ({ conversation }) => CHANNELS.indexOf(conversation.channel)),
  text('status', ({ conversation }) => conversation.status),
  text('topic', ({ conversation }) => conversation.topic),
  time('opened_at', ({ conversation }) => conversation.openedAtMs),
  time('last_solved_at', ({ conversation }) => conversation.lastSolvedAtMs),
  textual('reopened_at', 'timestamptz[]', ({ conversation }) => timesText(conversation.reopenedAtMs)),
  integer('reopens', ({ conversation }) => conversation.reopens),
  integer('company_replies', ({ conversation }) => conversation.companyReplies),
  bool('was_solved', ({ conversation }) => conversation.firstSolvedAtMs !== null),
  bool('is_one_touch', (row) => row.isOneTouch),
  bool('is_repeat_contact', (row) => row.isRepeatContact),
  bool('is_inbound_call', (row) => row.isInboundCall),
  bool('is_abandoned_call', ({ conversation }) => conversation.isAbandonedCall),
  calendar('first_reply_ms', ({ firstReply }) => firstReply),
  business('first_reply_business_ms', ({ firstReply }) => firstReply),
  calendar('first_resolution_ms', ({ firstResolution }) => firstResolution),
  business('first_resolution_business_ms', ({ firstResolution }) => firstResolution),
  calendar('full_resolution_ms', ({ fullResolution }) => fullResolution),
  business('full_resolution_business_ms', ({ fullResolution }) => fullResolution),
  milliseconds(
    'requester_wait_ms',
    whenOver(({ times }) => times.requesterWait.calendarMs),
  ),
  milliseconds(
    'requester_wait_business_ms',
    whenOver(({ times }) => times.requesterWait.businessMs),
  ),
  milliseconds(
    'agent_wait_ms',
    whenOver(({ times }) => times.agentWait.calendarMs),
  ),
  milliseconds(
    'agent_wait_business_ms',
    whenOver(({ times }) => times.agentWait.businessMs),
  ),
]);
