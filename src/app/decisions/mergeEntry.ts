import type { MergeOrder, WantedMerge } from '../../identity/decideMerge';
import type { DecisionChanges } from '../../identity/decisionStore';
import { publicId } from '../../kernel/ids';
import type { JsonObject } from '../../kernel/json';

/** What the audit log says of a merge. */
export function mergeEntry(
  merged: DecisionChanges & MergeOrder,
  { profileIds }: Pick<WantedMerge, 'profileIds'>,
  detail: JsonObject,
  note: JsonObject = {},
): { readonly target: string; readonly detail: JsonObject; readonly note: JsonObject } {
  const mergeIds = mergeIdsOf(merged).map((id) => publicId('Merge', id));
  return {
    target: publicId('Profile', merged.survivor.profileId),
    detail: { ...detail, profileIds: profileIds.map((id) => publicId('Profile', id)), mergeIds },
    note,
  };
}

export function mergeIdsOf({ identity }: DecisionChanges): string[] {
  return identity.merges.map(({ mergeId }) => mergeId);
}
