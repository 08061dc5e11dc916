import type { Channel } from '../kernel/vocabulary';
import { afterBusinessMinutes, MINUTE_MS, type Schedule } from './businessHours';
import { FRICTION_DEFAULTS, type FrictionSettings } from './friction/frictionSettings';
import { DEFAULT_LIFECYCLE_RULES, type LifecycleRules } from './lifecycleRules';

/** How long a customer may wait for the company's first words. */
export interface ReplyTarget {
  readonly minutes: number;
  /** BUSINESS: minutes inside the channel's schedule. */
  readonly clock: 'CALENDAR' | 'BUSINESS';
}

/** When something becomes a sign of friction; how long a customer may wait is told by the targets for replies. */
export type FrictionThresholds = Omit<FrictionSettings, 'waitTargets'>;

export const HEALTH_PARTS = ['usageTrend', 'satisfaction', 'supportLoad', 'payment', 'recency'] as const;
export type HealthPartName = (typeof HEALTH_PARTS)[number];
/** Not negative; only their proportions count. */
export type HealthWeights = Readonly<Record<HealthPartName, number>>;

/** What a workspace says of its measures. */
export interface MeasureSettings {
  /** IANA name: where a day begins in reports, and where schedules are unless they say otherwise. */
  readonly timeZone: string;
  readonly defaultSchedule: Schedule;
  /** Channels with a schedule of their own. */
  readonly channelSchedules: ReadonlyMap<Channel, Schedule>;
  readonly replyTargets: Readonly<Record<Channel, ReplyTarget>>;
  readonly healthWeights: HealthWeights;
  readonly friction: FrictionThresholds;
  readonly lifecycle: LifecycleRules;
}

const WORKDAY = [{ fromMinute: 9 * 60, toMinute: 17 * 60 }];

/** Monday to Friday, 9 to 17. */
export function usualSchedule(timeZone: string): Schedule {
  return { timeZone, week: [WORKDAY, WORKDAY, WORKDAY, WORKDAY, WORKDAY, [], []], holidays: new Set() };
}

const EIGHT_BUSINESS_HOURS: ReplyTarget = { minutes: 8 * 60, clock: 'BUSINESS' };
const HALF_AN_HOUR: ReplyTarget = { minutes: 30, clock: 'CALENDAR' };

/** Short messages are awaited as a messenger's are; all else as e-mail. */
const USUAL_TARGETS: Readonly<Record<Channel, ReplyTarget>> = {
  CHAT: { minutes: 2, clock: 'CALENDAR' },
  PHONE: { minutes: 3, clock: 'CALENDAR' },
  MESSENGER: HALF_AN_HOUR,
  SMS: HALF_AN_HOUR,
  SOCIAL: HALF_AN_HOUR,
  EMAIL: EIGHT_BUSINESS_HOURS,
  WEB: EIGHT_BUSINESS_HOURS,
  MOBILE_APP: EIGHT_BUSINESS_HOURS,
  COMMUNITY: EIGHT_BUSINESS_HOURS,
  IN_PERSON: EIGHT_BUSINESS_HOURS,
  POSTAL: EIGHT_BUSINESS_HOURS,
  API: EIGHT_BUSINESS_HOURS,
  OTHER: EIGHT_BUSINESS_HOURS,
};

const { waitTargets: _byReplyTargets, ...usualThresholds } = FRICTION_DEFAULTS;
export const USUAL_THRESHOLDS: FrictionThresholds = usualThresholds;

export const USUAL_SETTINGS: MeasureSettings = {
  timeZone: 'UTC',
  defaultSchedule: usualSchedule('UTC'),
  channelSchedules: new Map(),
  replyTargets: USUAL_TARGETS,
  healthWeights: { usageTrend: 0.3, satisfaction: 0.25, supportLoad: 0.15, payment: 0.15, recency: 0.15 },
  friction: USUAL_THRESHOLDS,
  lifecycle: DEFAULT_LIFECYCLE_RULES,
};

export function scheduleOf(channel: Channel, settings: MeasureSettings): Schedule {
  return settings.channelSchedules.get(channel) ?? settings.defaultSchedule;
}

/** When the target of a channel for words awaited since `fromMs` is missed; null where its schedule is never open. */
export function replyDueMs(fromMs: number, channel: Channel, settings: MeasureSettings): number | null {
  const { minutes, clock } = settings.replyTargets[channel];
  return clock === 'CALENDAR' ? fromMs + minutes * MINUTE_MS : afterBusinessMinutes(fromMs, minutes, scheduleOf(channel, settings));
}
