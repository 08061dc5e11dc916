import type { IdentityChanges } from '../../identity/identityStore';

/**
 * The profiles whose facts are others after this: those of which facts are told now (`withFacts`), and those that hold other identifiers, retired ones
 * among them. A new profile of new identifiers has no facts but those told now.
 */
export function experienceDueOf({ identifiers, profiles }: IdentityChanges, withFacts: Iterable<string>): string[] {
  const due = new Set(withFacts);
  const founded = new Set<string>();
  for (const { profileId, isNew } of profiles) (isNew ? founded : due).add(profileId);
  for (const { profileId, isNew } of identifiers) if (!isNew && founded.has(profileId)) due.add(profileId);
  return [...due];
}
