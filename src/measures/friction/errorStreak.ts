import type { Fact } from '../fact';
import type { FrictionHistory } from './history';
import type { Sign } from './sign';
import { spanText } from './spanText';

/** Several errors seen within minutes; goes on with each further one within that time of the last, and is over when that time has gone without one. */
export function errorStreaks({ facts, settings }: FrictionHistory): Sign[] {
  const errors = facts.filter(({ kind }) => kind === 'ERROR_SEEN');
  const signs: Sign[] = [];
  let from = 0;
  while (from + settings.errors <= errors.length) {
    const [first, detecting] = [errors[from], errors[from + settings.errors - 1]] as [Fact, Fact];
    if (detecting.occurredAtMs - first.occurredAtMs >= settings.errorsWithinMs) {
      from += 1;
      continue;
    }
    const to = endOfStreak(errors, from + settings.errors - 1, settings.errorsWithinMs);
    const streak = errors.slice(from, to + 1);
    signs.push({
      kind: 'ERROR_STREAK',
      about: first,
      evidence: streak,
      severity: 'MEDIUM',
      detectedAtMs: detecting.occurredAtMs,
      endsAtMs: (streak.at(-1) as Fact).occurredAtMs + settings.errorsWithinMs,
      message: `Saw ${streak.length} errors with less than ${spanText(settings.errorsWithinMs)} between them`,
    });
    from = to + 1;
  }
  return signs;
}

function endOfStreak(errors: readonly Fact[], from: number, withinMs: number): number {
  let last = from;
  for (let at = from + 1; at < errors.length; at += 1) {
    const [before, error] = [errors[at - 1], errors[at]] as [Fact, Fact];
    if (error.occurredAtMs - before.occurredAtMs >= withinMs) break;
    last = at;
  }
  return last;
}
