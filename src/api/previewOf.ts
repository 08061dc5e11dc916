import { publicId } from '../kernel/ids';
import type { ObservedTrait } from '../profile/traitState';
import { compareObserved, valueKey } from '../profile/traitState';
import type { ProfileRecord } from './ports/profileReader';
import type { RequestContext } from './requestContext';
import { traitsOf } from './traitsOf';
import type { MergeFacts, TraitConflictType } from './types/DecisionTypes';
import { TraitValueType } from './types/TraitType';

const MOST = 2_147_483_647;

/** What a merge of these would be like, but for segments. */
export function previewOf(
  context: RequestContext,
  records: readonly ProfileRecord[],
  decided: { readonly survivorId: string; readonly refusals: readonly string[] },
): MergeFacts {
  for (const { profileId } of records) context.trail.sawProfile(profileId);
  const interactions = records.flatMap(({ members }) => members).reduce((sum, member) => sum + member.interactions, 0);
  return {
    survivorId: publicId('Profile', decided.survivorId),
    refusals: decided.refusals,
    conflicts: conflictsOf(context, records),
    interactions: Math.min(interactions, MOST),
  };
}

/** Traits of which the profiles show different values, and where not both would stand side by side. */
function conflictsOf(context: RequestContext, records: readonly ProfileRecord[]): TraitConflictType[] {
  const shown = new Map<string, Map<string, ObservedTrait>>();
  for (const record of records) {
    for (const { key, value, rule, observed } of traitsOf(record, context.settings.survivorship)) {
      if (rule === 'UNION') continue;
      const values = shown.get(key) ?? new Map<string, ObservedTrait>();
      shown.set(key, values.set(valueKey(value), observed));
    }
  }
  const masked = !context.access.seesPersonal;
  return [...shown]
    .filter(([, values]) => values.size > 1)
    .map(([key, values]) => ({
      key,
      values: [...values.values()]
        .sort((left, right) => compareObserved(right, left))
        .map((observed) => new TraitValueType(key, observed, masked)),
    }));
}
