import { readVaderLexicon } from '../../../src/app/sentiment/readVaderLexicon';
import type { JsonObject } from '../../../src/kernel/json';
import type { Channel, Department, Direction, InteractionKind } from '../../../src/kernel/vocabulary';
import { conversationsOf } from '../../../src/measures/conversation';
import { byTime, type Fact } from '../../../src/measures/fact';
import { type Friction, findFriction } from '../../../src/measures/friction/friction';
import { FRICTION_DEFAULTS, type FrictionSettings } from '../../../src/measures/friction/frictionSettings';
import type { FrictionHistory } from '../../../src/measures/friction/history';
import type { FrictionKind, FrictionSignal } from '../../../src/measures/friction/signal';
import { ordersOf } from '../../../src/measures/order';
import { surveyAnswersOf } from '../../../src/measures/surveyAnswer';
import { textSentiment } from '../../../src/timeline/sentiment/textSentiment';

export const SECOND_MS = 1000;
export const MINUTE_MS = 60 * SECOND_MS;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;
/** Monday, 2 March 2026, 09:00 UTC. */
export const MONDAY_MS = Date.UTC(2026, 2, 2, 9);

export interface Happening {
  readonly kind: InteractionKind;
  /** After Monday 09:00. */
  readonly atMs?: number;
  readonly id?: string;
  readonly direction?: Direction;
  readonly channel?: Channel;
  readonly department?: Department;
  readonly name?: string;
  readonly ticket?: string | null;
  readonly type?: string;
  readonly properties?: JsonObject;
}

/** Builds facts with ids of their own: `f1`, `f2`, … in the order in which they are made. */
export function factory(): (happening: Happening) => Fact {
  let made = 0;
  return (happening) => {
    made += 1;
    return factOf(happening, `f${made}`);
  };
}

const OUTBOUND = /^(BOT_REPLIED|CONVERSATION_SOLVED|EMAIL_SENT|MESSAGE_SENT|SURVEY_SENT)$/;
const INTERNAL = /^(CONVERSATION_(ASSIGNED|ESCALATED|ON_HOLD|CLOSED)|BOT_HANDED_OFF)$/;

function factOf({ kind, atMs = 0, id, ticket = null, type = 'ticket', ...rest }: Happening, made: string): Fact {
  const interactionId = id ?? made;
  const usual: Direction = OUTBOUND.test(kind) ? 'OUTBOUND' : INTERNAL.test(kind) ? 'INTERNAL' : 'INBOUND';
  return {
    interactionId,
    messageId: interactionId,
    occurredAtMs: MONDAY_MS + atMs,
    kind,
    department: rest.department ?? (/^(EMAIL|MESSAGE|PROMOTION)_/.test(kind) ? 'MARKETING' : 'SUPPORT'),
    channel: rest.channel ?? (kind.startsWith('CALL_') ? 'PHONE' : 'EMAIL'),
    direction: rest.direction ?? usual,
    sourceId: 1,
    name: rest.name ?? kind,
    subject: ticket === null ? null : { type: kind.startsWith('CALL_') ? 'call' : type, externalId: ticket },
    properties: rest.properties ?? {},
  };
}

const sentimentOf = textSentiment(readVaderLexicon());

/** Monday to Friday, 9 to 17 UTC, day by day. */
export function afterBusinessMinutes(fromMs: number, minutes: number): number {
  let leftMs = minutes * MINUTE_MS;
  for (let dayMs = Math.floor(fromMs / DAY_MS) * DAY_MS; ; dayMs += DAY_MS) {
    const weekday = new Date(dayMs).getUTCDay();
    if (weekday === 0 || weekday === 6) continue;
    const openMs = Math.max(fromMs, dayMs + 9 * HOUR_MS);
    const servedMs = Math.max(0, dayMs + 17 * HOUR_MS - openMs);
    if (servedMs >= leftMs) return openMs + leftMs;
    leftMs -= servedMs;
  }
}

export function historyOf(facts: readonly Fact[], settings: Partial<FrictionSettings> = {}): FrictionHistory {
  const ordered = [...facts].sort(byTime);
  return {
    facts,
    conversations: conversationsOf(ordered),
    answers: surveyAnswersOf(ordered),
    orders: ordersOf(ordered),
    settings: { ...FRICTION_DEFAULTS, ...settings },
    afterBusinessMinutes,
    sentimentOf,
  };
}

export function frictionIn(facts: readonly Fact[], atMs: number, settings: Partial<FrictionSettings> = {}): Friction {
  return findFriction(historyOf(facts, settings), MONDAY_MS + atMs);
}

/** The signals of one kind at a time after Monday 09:00. */
export function found(kind: FrictionKind, facts: readonly Fact[], atMs: number): readonly FrictionSignal[] {
  return frictionIn(facts, atMs).signals.filter((signal) => signal.kind === kind);
}
