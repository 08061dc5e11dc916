import type { NewId } from '../kernel/clock';
import { Refusal } from '../kernel/refusals';
import type { DecisionReader } from './decisionStore';
import type { IdentityGraph } from './graph';
import type { ProfileRecord } from './identityStore';
import type { RulesInForce } from './ruleChange';
import type { IdentityRules } from './rules';

/** What a decision is made with. Nobody else changes the workspace's identity meanwhile, and the graph has taken in nothing that is not written. */
export interface Deciding {
  readonly graph: IdentityGraph;
  readonly reader: DecisionReader;
  readonly rules: IdentityRules;
  readonly inForce: RulesInForce;
  readonly hubLimit: number;
  readonly newId: NewId;
  readonly nowMs: number;
  /** Who decides. */
  readonly actor: string;
}

/** The living profiles that answer for these ids, in order. Refuses with NOT_FOUND. */
export async function livingProfiles(reader: DecisionReader, profileIds: readonly string[]): Promise<ProfileRecord[]> {
  const asked = byId(await reader.findProfiles([...new Set(profileIds)]));
  const survivorIds = profileIds.map((id) => {
    const profile = asked.get(id);
    if (!profile) throw new Refusal('NOT_FOUND');
    return profile.mergedInto ?? id;
  });
  const unread = [...new Set(survivorIds)].filter((id) => !asked.has(id));
  const survivors = unread.length > 0 ? byId(await reader.findProfiles(unread)) : asked;
  return survivorIds.map((id) => {
    const profile = asked.get(id) ?? survivors.get(id);
    if (!profile) throw new Error(`${id} answers for others, but is not there.`);
    return profile;
  });
}

function byId(profiles: readonly ProfileRecord[]): Map<string, ProfileRecord> {
  return new Map(profiles.map((profile) => [profile.profileId, profile]));
}
