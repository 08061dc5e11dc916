import type { ObservedTrait, TraitState } from './traitState';
import { valueKey } from './traitState';

/** Whether two states of the same thing resolve to the same traits, whatever the rules of survivorship: they say the same, if not at the same times. */
export function sayTheSame(one: TraitState, other: TraitState): boolean {
  const keys = Object.keys(one);
  return (
    keys.length === Object.keys(other).length && keys.every((key) => Object.hasOwn(other, key) && textOf(one, key) === textOf(other, key))
  );
}

function textOf(state: TraitState, key: string): string {
  const history = state[key];
  if (history === undefined) return '';
  const { recent, first, bySource } = history;
  return [recent, [first], bySource].map((observed) => observed.map(saidBy).join()).join(';');
}

function saidBy({ value, sourceId }: ObservedTrait): string {
  return `${sourceId}:${valueKey(value)}`;
}
