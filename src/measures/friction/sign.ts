import { byTime, type Fact } from '../fact';
import type { FrictionKind, FrictionSignal, Severity } from './signal';

/**
 * A sign on the whole line of time, whatever the hour: found at one moment, worse at a later one, over at a third, should nothing else happen.
 * Detectors know no `now`; `signalsAt` reads their signs at one.
 */
export interface Sign {
  readonly kind: FrictionKind;
  /** The fact that names it. */
  readonly about: Fact;
  readonly evidence: readonly Fact[];
  readonly severity: Severity;
  readonly detectedAtMs: number;
  /** From when on it is HIGH; left out where it stays as it is. */
  readonly worseAtMs?: number | null;
  /** Null where nothing has ended it. */
  readonly endsAtMs: number | null;
  readonly message: string;
}

/** The signs that there are at `nowMs`, oldest detection first, ties by key. */
export function signalsAt(signs: readonly Sign[], nowMs: number): FrictionSignal[] {
  return signs
    .filter((sign) => sign.detectedAtMs <= nowMs)
    .map((sign) => signalAt(sign, nowMs))
    .sort((left, right) => left.detectedAtMs - right.detectedAtMs || (left.key < right.key ? -1 : 1));
}

function signalAt(sign: Sign, nowMs: number): FrictionSignal {
  const resolvedAtMs = sign.endsAtMs !== null && sign.endsAtMs <= nowMs ? sign.endsAtMs : null;
  const { worseAtMs = null } = sign;
  const isWorse = worseAtMs !== null && worseAtMs <= (resolvedAtMs ?? nowMs);
  return {
    key: `${sign.kind}/${sign.about.interactionId}`,
    kind: sign.kind,
    severity: isWorse ? 'HIGH' : sign.severity,
    detectedAtMs: sign.detectedAtMs,
    resolvedAtMs,
    message: sign.message,
    evidence: [...new Set([...sign.evidence].sort(byTime).map((fact) => fact.interactionId))],
    department: sign.about.department,
    channel: sign.about.channel,
  };
}

/** The first moment after `nowMs` at which `signalsAt` answers otherwise; null where it never will. */
export function nextChangeAtMs(signs: readonly Sign[], nowMs: number): number | null {
  let next: number | null = null;
  for (const { detectedAtMs, worseAtMs = null, endsAtMs } of signs) {
    const worsens = worseAtMs !== null && (endsAtMs === null || worseAtMs <= endsAtMs) ? worseAtMs : null;
    for (const atMs of [detectedAtMs, worsens, endsAtMs]) {
      if (atMs !== null && atMs > nowMs && (next === null || atMs < next)) next = atMs;
    }
  }
  return next;
}
