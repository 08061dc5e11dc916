import { Refusal } from '../kernel/refusals';
import { choosePlaces, type Place } from '../measures/touches/choosePlaces';
import type { Paths } from '../measures/touches/paths';

/** A report looks at so many interactions one by one. */
const MOST_TOUCHES = 200_000;

/** Refuses with INVALID_INPUT where there are more than can be looked at one by one. */
export function chosenTouches(paths: Paths, isWanted: (touch: number) => boolean): readonly Place[] {
  const places = choosePlaces(paths, isWanted, MOST_TOUCHES);
  if (places) return places;
  throw new Refusal('INVALID_INPUT', `More than ${MOST_TOUCHES} interactions come into question; ask for a shorter window.`);
}

/** As `readProperties` takes them. */
export function identified(paths: Paths, places: readonly Place[]) {
  return places.map(({ touch }) => ({
    identifierId: paths.identifierIds[touch] as bigint,
    occurredAtMs: paths.occurredAtMs[touch] as number,
  }));
}
