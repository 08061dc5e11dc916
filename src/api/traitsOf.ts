import { type ResolvedTrait, resolveTraits, type SurvivorshipRules } from '../profile/survivorship';
import { combineTraitStates, decodeTraitState } from '../profile/traitState';
import type { ProfileRecord } from './ports/profileReader';

/** The traits of a profile: what was said of its identifiers, combined. */
export function traitsOf({ members, mostSaid }: ProfileRecord, survivorship: SurvivorshipRules): ResolvedTrait[] {
  const said = members.flatMap(({ traits }) => (traits === null ? [] : [decodeTraitState(traits)]));
  return resolveTraits(combineTraitStates(said), survivorship, mostSaid);
}
