import type { IdentityChanges } from '../../identity/identityStore';

const CONTACTS: ReadonlySet<string> = new Set(['email', 'phone']);

/**
 * The profiles that are to be compared after this, by one identifier of each: of which something was said (`said`), which have another e-mail address
 * or phone number, and which were merged or parted.
 */
export function matchDueOf({ identifiers, merges, profiles }: IdentityChanges, said: { has(identifierId: bigint): boolean }): bigint[] {
  const moved = new Set(merges.flatMap(({ absorbedIdentifierIds }) => absorbedIdentifierIds));
  const founded = new Set(profiles.filter(({ isNew }) => isNew).map(({ profileId }) => profileId));
  const due = new Map<string, bigint>();
  for (const { identifierId, profileId, type, isNew } of identifiers) {
    const isChanged = isNew ? CONTACTS.has(type) : moved.has(identifierId) || founded.has(profileId);
    if (isChanged || said.has(identifierId)) due.set(profileId, identifierId);
  }
  return [...due.values()];
}
