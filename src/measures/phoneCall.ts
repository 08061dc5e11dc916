import type { Fact } from './fact';
import { statedNumber } from './statedProperty';

/** What a conversation's facts say of it as a call. */
export interface PhoneCall {
  readonly isAbandoned: boolean;
  /** When somebody took it; null where nobody did, or where no fact tells. */
  readonly answeredAtMs: number | null;
  /** It came to an end after somebody had taken it. */
  readonly wasAnswered: boolean;
}

const ANSWERED_NAME = /answered/i;

/**
 * A call that was started, ended or abandoned; null where none of the facts is about a call. It was answered when a fact named so says; else
 * `wait_seconds` after its start; else `duration_seconds`, which is talk, before its end.
 */
export function phoneCallOf(facts: readonly Fact[]): PhoneCall | null {
  const first = facts.find((fact) => fact.kind.startsWith('CALL_'));
  if (!first) return null;
  const ended = facts.find((fact) => fact.kind === 'CALL_ENDED');
  const isAbandoned = facts.some((fact) => fact.kind === 'CALL_ABANDONED');
  const answered = isAbandoned ? null : answeredAtMs(facts, first, ended);
  return { isAbandoned, answeredAtMs: answered, wasAnswered: !isAbandoned && (answered !== null || ended !== undefined) };
}

function answeredAtMs(facts: readonly Fact[], first: Fact, ended: Fact | undefined): number | null {
  const said = facts.find((fact) => fact.kind === 'CALL_STARTED' && ANSWERED_NAME.test(fact.name));
  if (said) return said.occurredAtMs;
  if (!ended) return null;
  const waitSeconds = statedNumber(ended.properties, 'wait_seconds');
  const talkSeconds = statedNumber(ended.properties, 'duration_seconds', 'duration');
  const hasStart = first.kind === 'CALL_STARTED';
  if (waitSeconds !== null && hasStart) return within(first.occurredAtMs + waitSeconds * 1000, first, ended);
  return talkSeconds === null ? null : within(ended.occurredAtMs - talkSeconds * 1000, first, ended);
}

function within(atMs: number, first: Fact, ended: Fact): number {
  return Math.round(Math.min(ended.occurredAtMs, Math.max(first.occurredAtMs, atMs)));
}
