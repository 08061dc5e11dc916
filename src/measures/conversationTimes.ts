import { businessMs, type Schedule } from './businessHours';
import type { Conversation } from './conversation';
import type { ConversationStatus } from './conversationLife';

/** One duration by the clock on the wall and by the clock of the business. */
export interface BothClocks {
  readonly calendarMs: number;
  readonly businessMs: number;
}

/** How long things took in one conversation. A duration between two moments is null while one of them is not known. */
export interface ConversationTimes {
  readonly firstReply: BothClocks | null;
  /** Opened to first solved. Time pending and on hold is in it. */
  readonly firstResolution: BothClocks | null;
  /** Opened to last solved, also while it is open again. */
  readonly fullResolution: BothClocks | null;
  /** The customer waits for the company: open and on hold, until now while it lasts. */
  readonly requesterWait: BothClocks;
  /** The company waits for the customer: pending. Talking on the telephone is not waiting. */
  readonly agentWait: BothClocks;
}

/** One schedule for the whole conversation, the one in force. What Zendesk calls native duration metrics, both kinds. */
export function conversationTimes(conversation: Conversation, nowMs: number, schedule: Schedule): ConversationTimes {
  const { openedAtMs, isOpeningKnown, type } = conversation;
  const since = (atMs: number | null) => (atMs === null || !isOpeningKnown ? null : bothClocks(openedAtMs, atMs, schedule));
  return {
    firstReply: since(conversation.firstReplyAtMs),
    firstResolution: since(conversation.firstSolvedAtMs),
    fullResolution: since(conversation.lastSolvedAtMs),
    requesterWait: timeIn(['OPEN', 'ON_HOLD'], conversation, nowMs, schedule),
    agentWait: type === 'call' ? NO_TIME : timeIn(['PENDING'], conversation, nowMs, schedule),
  };
}

const NO_TIME: BothClocks = { calendarMs: 0, businessMs: 0 };

function bothClocks(fromMs: number, toMs: number, schedule: Schedule): BothClocks {
  return { calendarMs: toMs - fromMs, businessMs: businessMs(fromMs, toMs, schedule) };
}

function timeIn(statuses: readonly ConversationStatus[], { spans }: Conversation, nowMs: number, schedule: Schedule): BothClocks {
  return spans
    .filter(({ status, fromMs }) => statuses.includes(status) && fromMs < nowMs)
    .map(({ fromMs, toMs }) => bothClocks(fromMs, Math.min(toMs ?? nowMs, nowMs), schedule))
    .reduce((sum, span) => ({ calendarMs: sum.calendarMs + span.calendarMs, businessMs: sum.businessMs + span.businessMs }), NO_TIME);
}
