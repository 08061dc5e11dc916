import { isJsonObject, type Json, type JsonObject } from '../kernel/json';
import { CHANNELS, type Channel } from '../kernel/vocabulary';
import type { Schedule } from './businessHours';
import { scheduleFromJson, timeZoneFromJson } from './scheduleFromJson';
import {
  HEALTH_PARTS,
  type HealthPartName,
  type HealthWeights,
  type MeasureSettings,
  type ReplyTarget,
  USUAL_SETTINGS,
  usualSchedule,
} from './settings';
import { SettingsFaults } from './settingsFaults';
import { lifecycleRulesFromJson, thresholdsFromJson } from './thresholdsFromJson';

export interface ReadSettings {
  readonly settings: MeasureSettings;
  /** One sentence each, with its place; empty where all was understood. */
  readonly faults: readonly string[];
}

const MEMBERS = ['timeZone', 'schedules', 'channelSchedules', 'replyTargets', 'healthWeights', 'friction', 'lifecycle'];

/**
 * Settings as a workspace keeps them; null and what is left out stand for the usual. Total: what can't be understood is told as a fault,
 * and the usual stands in its place. Schedules have names; the one named `default` is everybody's, `channelSchedules` names those of channels.
 */
export function settingsFromJson(json: Json | undefined): ReadSettings {
  const faults = new SettingsFaults();
  const root = faults.members('settings', json === null ? undefined : json, MEMBERS);
  const timeZone = timeZoneFromJson('timeZone', root['timeZone'], USUAL_SETTINGS.timeZone, faults);
  const schedules = schedulesFrom(root['schedules'], timeZone, faults);
  const settings = {
    timeZone,
    defaultSchedule: schedules.get('default') ?? usualSchedule(timeZone),
    channelSchedules: channelSchedulesFrom(root['channelSchedules'], schedules, faults),
    replyTargets: replyTargetsFrom(root['replyTargets'], faults),
    healthWeights: healthWeightsFrom(root['healthWeights'], faults),
    friction: thresholdsFromJson(root['friction'], faults),
    lifecycle: lifecycleRulesFromJson(root['lifecycle'], faults),
  };
  return { settings, faults: faults.list };
}

function schedulesFrom(json: Json | undefined, timeZone: string, faults: SettingsFaults): ReadonlyMap<string, Schedule> {
  const named = Object.entries(faults.members('schedules', json, null));
  return new Map(named.map(([name, schedule]) => [name, scheduleFromJson(`schedules.${name}`, schedule ?? {}, timeZone, faults)]));
}

function channelSchedulesFrom(
  json: Json | undefined,
  schedules: ReadonlyMap<string, Schedule>,
  faults: SettingsFaults,
): ReadonlyMap<Channel, Schedule> {
  const found = new Map<Channel, Schedule>();
  const members = faults.members('channelSchedules', json, CHANNELS);
  for (const channel of CHANNELS) {
    const name = members[channel];
    if (name === undefined) continue;
    const schedule = typeof name === 'string' ? schedules.get(name) : undefined;
    if (schedule) found.set(channel, schedule);
    else faults.add(`channelSchedules.${channel}`, 'must name one of the schedules');
  }
  return found;
}

function replyTargetsFrom(json: Json | undefined, faults: SettingsFaults): Readonly<Record<Channel, ReplyTarget>> {
  const members = faults.members('replyTargets', json, CHANNELS);
  const targets = { ...USUAL_SETTINGS.replyTargets };
  for (const channel of CHANNELS) {
    const target = members[channel];
    if (target !== undefined) targets[channel] = replyTargetFrom(`replyTargets.${channel}`, target, targets[channel], faults);
  }
  return targets;
}

const LONGEST_TARGET_MINUTES = 30 * 24 * 60;

/** Minutes without a clock are those of the calendar. */
function replyTargetFrom(place: string, json: Json, usual: ReplyTarget, faults: SettingsFaults): ReplyTarget {
  const { minutes, clock = 'CALENDAR' } = faults.members(place, json, ['minutes', 'clock']);
  const isClock = clock === 'CALENDAR' || clock === 'BUSINESS';
  const isMinutes = typeof minutes === 'number' && minutes > 0 && minutes <= LONGEST_TARGET_MINUTES;
  if (isClock && isMinutes) return { minutes, clock };
  if (!isClock) faults.add(`${place}.clock`, 'must be CALENDAR or BUSINESS');
  if (!isMinutes && isJsonObject(json)) faults.add(`${place}.minutes`, `must be a number above 0, at most ${LONGEST_TARGET_MINUTES}`);
  return usual;
}

/** A part left out keeps its usual weight; 0 takes it out. */
function healthWeightsFrom(json: Json | undefined, faults: SettingsFaults): HealthWeights {
  const members = faults.members('healthWeights', json, HEALTH_PARTS);
  const weights = { ...USUAL_SETTINGS.healthWeights };
  for (const part of HEALTH_PARTS) weights[part] = weightFrom(part, members, faults);
  if (HEALTH_PARTS.some((part) => weights[part] > 0)) return weights;
  faults.add('healthWeights', 'must have a part that weighs something');
  return USUAL_SETTINGS.healthWeights;
}

function weightFrom(part: HealthPartName, members: JsonObject, faults: SettingsFaults): number {
  const weight = members[part];
  if (weight === undefined) return USUAL_SETTINGS.healthWeights[part];
  if (typeof weight === 'number' && Number.isFinite(weight) && weight >= 0) return weight;
  faults.add(`healthWeights.${part}`, 'must be a number, 0 or above');
  return USUAL_SETTINGS.healthWeights[part];
}
