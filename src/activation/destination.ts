import { FRICTION_KINDS } from '../measures/friction/signal';
import { CHANGE_TYPES, type ChangeType } from './change';
import { faultOfUrl } from './destinationUrl';

export const SEVERITIES = ['LOW', 'MEDIUM', 'HIGH'] as const;

/** What is delivered where, and of whom: everything of a destination that people set. */
export interface DestinationSettings {
  readonly name: string;
  readonly url: string;
  readonly events: readonly ChangeType[];
  /** Of segment.entered and segment.left only those of these segments; empty: of all. */
  readonly segmentIds: readonly string[];
  /** Of friction.detected only these kinds; empty: all. */
  readonly frictionKinds: readonly string[];
  readonly minSeverity: string | null;
  /** Only customers who grant it; null: all. */
  readonly purpose: string | null;
  /** A customer is told of by one trigger (type and segment or kind of friction) at most once in so long. */
  readonly quietPeriodSeconds: number;
  readonly isEnabled: boolean;
}

const MAX_NAME_CHARACTERS = 200;
const MAX_PURPOSE_CHARACTERS = 200;
const MAX_SEGMENTS = 1_000;
/** The log that it is told from is kept as long. */
export const MAX_QUIET_SECONDS = 30 * 86_400;

/** Everything that is wrong with settings, one sentence each; what has the wrong type was refused before. */
export function faultsOfDestination(settings: DestinationSettings, allowPrivate: boolean): readonly string[] {
  const { name, url, events, segmentIds, frictionKinds, minSeverity, purpose, quietPeriodSeconds } = settings;
  const strange = events.find((type) => !CHANGE_TYPES.includes(type));
  const strangeKind = frictionKinds.find((kind) => !FRICTION_KINDS.some((known) => known === kind));
  const checks: readonly (readonly [isFault: boolean, fault: string])[] = [
    [isBlankOrLong(name, MAX_NAME_CHARACTERS), `name must have 1 to ${MAX_NAME_CHARACTERS} characters`],
    [events.length === 0, `events must hold one or more of ${CHANGE_TYPES.join(', ')}`],
    [strange !== undefined, `events holds ${quoted(strange)}, which is none of ${CHANGE_TYPES.join(', ')}`],
    [segmentIds.length > MAX_SEGMENTS, `segmentIds may hold at most ${MAX_SEGMENTS}`],
    [strangeKind !== undefined, `frictionKinds holds ${quoted(strangeKind)}, which is no kind of friction`],
    [minSeverity !== null && !SEVERITIES.some((known) => known === minSeverity), `minSeverity must be one of ${SEVERITIES.join(', ')}`],
    [purpose !== null && isBlankOrLong(purpose, MAX_PURPOSE_CHARACTERS), `purpose must have 1 to ${MAX_PURPOSE_CHARACTERS} characters`],
    [
      !Number.isInteger(quietPeriodSeconds) || quietPeriodSeconds < 0 || quietPeriodSeconds > MAX_QUIET_SECONDS,
      `quietPeriodSeconds must be a whole number from 0 to ${MAX_QUIET_SECONDS}`,
    ],
  ];
  const faultyUrl = faultOfUrl(url, allowPrivate);
  return [...checks.flatMap(([isFault, fault]) => (isFault ? [fault] : [])), ...(faultyUrl === null ? [] : [faultyUrl])];
}

function isBlankOrLong(text: string, most: number): boolean {
  return text.trim() === '' || text.length > most || text.includes('\0');
}

function quoted(text: string | undefined): string {
  return JSON.stringify((text ?? '').slice(0, 80));
}
